"""The states of a holder and of a grant, and the steps between them."""

from enum import StrEnum

from app.db.tables.auth import GrantState
from app.domain.records.state_machine import StateMachine, Transition


class HolderState(StrEnum):
    """State of an account or a client."""

    ENABLED = "enabled"
    DISABLED = "disabled"


GRANT_LIFE = StateMachine(
    Transition("confirm", {GrantState.PROPOSED}, GrantState.ACTIVE),
    Transition("follow", {GrantState.WAITING}, GrantState.ACTIVE, needs_fields=("unit",)),
    Transition(
        "revoke",
        {GrantState.PROPOSED, GrantState.ACTIVE, GrantState.WAITING},
        GrantState.REVOKED,
        needs_reason=True,
    ),
)
HOLDER_LIFE = StateMachine(
    Transition("disable", {HolderState.ENABLED}, HolderState.DISABLED, needs_reason=True),
    Transition("enable", {HolderState.DISABLED}, HolderState.ENABLED),
)
