"""Rules on transfers: the life of an offer, who takes which step, and what is shared."""

from collections.abc import Sequence
from enum import StrEnum

from app.db.tables.confidential import TransferState
from app.domain.confidential.transfers.errors import NotSharedWithYou
from app.domain.records.state_machine import StateMachine, Transition

_S = TransferState
OFFER_LIFE = StateMachine(
    Transition("accept", {_S.OFFERED}, _S.ACCEPTED),
    Transition("decline", {_S.OFFERED}, _S.DECLINED, needs_reason=True),
    Transition("withdraw", {_S.OFFERED}, _S.WITHDRAWN),
)
BY_OFFERER = ("withdraw",)


def choose_parts(
    parts: type[StrEnum], wanted: Sequence[StrEnum], shared: Sequence[str]
) -> list[str]:
    """Choose the parts that go along: a unit shares only what was shared with it."""
    if missing := sorted({part.value for part in wanted} - set(shared)):
        raise NotSharedWithYou(missing, sorted(shared))
    return [part.value for part in parts if part in wanted]
