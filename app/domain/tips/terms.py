"""The clocks of a tip, by the codes of their rules; the lengths are data (ADR 10)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.deadlines import Deadline, DeadlineState
from app.domain.actor import Actor
from app.domain.deadlines import lifecycle

RESOURCE = "tip"
TRANSFER, TRANSFER_REMOTE = "tip_transfer", "tip_transfer_remote"
RESOLUTION = "tip_resolution"
AFTER_CANCELLED, AFTER_RESUMPTION = "tip_after_cancelled_suspension", "tip_after_resumption"
RESUMPTION_NOTICE = "tip_resumption_notice"
HANDING_OVER = (TRANSFER, TRANSFER_REMOTE)
DECIDING = (RESOLUTION, AFTER_CANCELLED, AFTER_RESUMPTION)


async def unmet(session: Session, tip: UUID, rules: Sequence[str]) -> Deadline | None:
    """The clock of a tip, by one of these rules, for which nothing is done yet, late or not."""
    statement = select(Deadline).where(*_of(tip, rules), col(Deadline.met_at).is_(None))
    newest = statement.order_by(col(Deadline.started_at).desc(), col(Deadline.id).desc()).limit(1)
    return (await session.exec(newest)).first()


async def all_in_time(session: Session, tip: UUID, rules: Sequence[str]) -> bool | None:
    """Whether all clocks of a tip by these rules were met in time; None where there was none."""
    found = (await session.exec(select(Deadline.state).where(*_of(tip, rules)))).all()
    return all(state is DeadlineState.MET for state in found) if found else None


async def meet(
    session: Session, actor: Actor, tip: UUID, rules: Sequence[str], at: datetime
) -> bool | None:
    """Say that what was to be done is done; whether in time, None where no clock was left."""
    clock = await unmet(session, tip, rules)
    if clock is None:
        return None
    met = await lifecycle.meet_deadline(session, actor, clock.id, at)
    return met.state is DeadlineState.MET


def _of(tip: UUID, rules: Sequence[str]) -> tuple[Any, ...]:
    return (
        Deadline.resource == RESOURCE,
        Deadline.resource_id == tip,
        col(Deadline.rule_code).in_(list(rules)),
    )
