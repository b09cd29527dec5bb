"""The states of a holder and of a grant, and the steps between them."""

from enum import StrEnum

from app.db.tables.auth import GrantState
from app.domain.records.machine import Machine, Step


class HolderState(StrEnum):
    """Whether somebody may come in at all."""

    ENABLED = "enabled"
    DISABLED = "disabled"


HOLDING = Machine(
    Step("follow", {GrantState.WAITING}, GrantState.ACTIVE),
    Step("revoke", {GrantState.ACTIVE, GrantState.WAITING}, GrantState.REVOKED, needs_reason=True),
)
COMING_IN = Machine(
    Step("disable", {HolderState.ENABLED}, HolderState.DISABLED, needs_reason=True),
    Step("enable", {HolderState.DISABLED}, HolderState.ENABLED),
)
