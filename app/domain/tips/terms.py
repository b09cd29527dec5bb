"""The clocks of a tip, by the codes of their rules; the lengths are data (ADR 10)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.db.session import Session
from app.db.tables.deadlines import Deadline, DeadlineState
from app.domain.actor import Actor
from app.domain.records.deadlines import clocks

RESOURCE = "tip"
TRANSFER, TRANSFER_REMOTE = "tip_transfer", "tip_transfer_remote"
RESOLUTION = "tip_resolution"
AFTER_CANCELLED, AFTER_RESUMPTION = "tip_after_cancelled_suspension", "tip_after_resumption"
RESUMPTION_NOTICE = "tip_resumption_notice"
HANDING_OVER = (TRANSFER, TRANSFER_REMOTE)
DECIDING = (RESOLUTION, AFTER_CANCELLED, AFTER_RESUMPTION)


async def running(session: Session, tip: UUID, rules: Sequence[str]) -> Deadline | None:
    """The clock of a tip that is not at its end, by one of these rules."""
    for rule in rules:
        if found := await clocks.clock_of(session, RESOURCE, tip, rule):
            return found
    return None


async def meet(
    session: Session, actor: Actor, tip: UUID, rules: Sequence[str], at: datetime
) -> bool | None:
    """Say that what was to be done is done; whether in time, None where no clock was left."""
    clock = await running(session, tip, rules)
    if clock is None:
        return None
    met = await clocks.meet(session, actor, clock.id, at)
    return met.state is DeadlineState.MET
