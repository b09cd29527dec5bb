"""The deadlines of a tip, by the codes of their rules; the lengths are data (ADR 10)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from app.db.session import Session
from app.db.tables.deadlines import DeadlineState
from app.domain.actor import Actor
from app.domain.deadlines import lifecycle
from app.domain.tips import queries

RESOURCE = "tip"
TRANSFER, TRANSFER_REMOTE = "tip_transfer", "tip_transfer_remote"
RESOLUTION = "tip_resolution"
AFTER_CANCELLED, AFTER_RESUMPTION = "tip_after_cancelled_suspension", "tip_after_resumption"
RESUMPTION_NOTICE = "tip_resumption_notice"
HANDING_OVER = (TRANSFER, TRANSFER_REMOTE)
DECIDING = (RESOLUTION, AFTER_CANCELLED, AFTER_RESUMPTION)


async def are_all_met_in_time(session: Session, tip: UUID, rules: Sequence[str]) -> bool | None:
    """Return whether all deadlines by these rules were met in time; None without any."""
    states = await queries.find_deadline_states(session, tip, rules)
    return all(state is DeadlineState.MET for state in states) if states else None


async def meet_deadline(
    session: Session, actor: Actor, tip: UUID, rules: Sequence[str], at: datetime
) -> bool | None:
    """Meet the open deadline by these rules; return whether in time, None where none is open."""
    deadline = await queries.find_unmet_deadline(session, tip, rules)
    if deadline is None:
        return None
    met = await lifecycle.meet_deadline(session, actor, deadline.id, at)
    return met.state is DeadlineState.MET
