"""Which tips somebody reaches: those held in his place, but in villages none, which are too close.

The country sees the tips it holds itself and no others.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, false
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.db.query.shape import Row
from app.db.session import Session
from app.db.tables.tips import Tip, TipAssignment
from app.domain.actor import Actor, Level
from app.domain.deadlines.queries import lock_calendars_shared
from app.domain.scope import BY_PLACE, Scope
from app.domain.tips.errors import TipNotFound

Test = Callable[[Row, Any], ColumnElement[bool]]
APART: dict[str, Test] = {
    Level.NATIONAL: lambda row, unit: row.unit_id == unit,
    Level.VILLAGE: lambda row, unit: false(),
}
TIPS_BY_PLACE: Scope = {**BY_PLACE, **APART}


async def held(session: Session, actor: Actor, id: UUID) -> Tip:
    """A tip of the actor's place, kept from being changed by others until the transaction ends."""
    await lock_calendars_shared(session)  # who enters days off waits for no tip
    fresh = _own(actor, id).with_for_update().execution_options(populate_existing=True)
    return await _one(session, fresh)


async def seen(session: Session, actor: Actor, id: UUID) -> Tip:
    """A tip of the actor's place."""
    return await _one(session, _own(actor, id))


def _own(actor: Actor, id: UUID) -> SelectOfScalar[Tip]:
    place = TIPS_BY_PLACE[actor.level](Tip, actor.unit_id)
    return select(Tip).where(Tip.id == id, place, col(Tip.expired_on).is_(None))


async def _one(session: Session, statement: SelectOfScalar[Tip]) -> Tip:
    tip = (await session.exec(statement)).one_or_none()
    if tip is None:
        raise TipNotFound()
    return tip


async def is_held(session: Session, actor: Actor, id: UUID) -> bool:
    """Whether a tip lies in the actor's place."""
    place = TIPS_BY_PLACE[actor.level](Tip, actor.unit_id)
    return (await session.exec(select(Tip.id).where(Tip.id == id, place))).first() is not None


async def is_assigned(session: Session, actor: Actor, id: UUID) -> bool:
    """Whether the actor may read what a tip says."""
    statement = select(TipAssignment.id).where(
        TipAssignment.tip_id == id,
        TipAssignment.subject == actor.subject,
        col(TipAssignment.ended_on).is_(None),
    )
    return (await session.exec(statement)).first() is not None
