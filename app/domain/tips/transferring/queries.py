"""Every SQL statement on transfers of tips; the move itself is a function of the database."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select, update

from app.db.session import Session, execute
from app.db.tables.deadlines import Deadline
from app.db.tables.tip_transfers import TipTransfer, TransferState
from app.db.tables.tips import TipAssignment
from app.db.tables.units import Unit
from app.domain.actor import Actor
from app.domain.deadlines.queries import lock_calendars_shared
from app.domain.tips.reach import TIPS_BY_PLACE
from app.domain.tips.terms import RESOURCE
from app.domain.tips.transferring.shape import FROM_OR_TO


async def one(session: Session, actor: Actor, id: UUID) -> TipTransfer | None:
    """An offer from the actor's units or to them, kept from being changed by others meanwhile."""
    side = FROM_OR_TO[actor.level](TipTransfer, actor.unit_id)
    statement = select(TipTransfer).where(TipTransfer.id == id, side)
    fresh = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.exec(fresh)).one_or_none()


async def is_offered_to(session: Session, actor: Actor, id: UUID) -> bool:
    """Whether it is the actor's side that an offer is made to."""
    side = TIPS_BY_PLACE[actor.level](TipTransfer, actor.unit_id)
    statement = select(TipTransfer.id).where(TipTransfer.id == id, side)
    return (await session.exec(statement)).first() is not None


async def has_offer(session: Session, tip_id: UUID) -> bool:
    """Whether a tip waits for a unit to say something."""
    statement = select(TipTransfer.id).where(
        TipTransfer.tip_id == tip_id, TipTransfer.state == TransferState.OFFERED
    )
    return (await session.exec(statement)).first() is not None


async def unit(session: Session, id: UUID) -> Unit:
    """A unit, with where it lies on today's map."""
    return (await session.exec(select(Unit).where(Unit.id == id))).one()


async def take(session: Session, id: UUID, day: date) -> bool:
    """Move the tip of an offer to the unit it is offered to; False where it is not to be had."""
    await lock_calendars_shared(session)  # before the tip, as whoever handles it does
    moved = text("SELECT take_tip(:id, :day)")
    return bool((await execute(session, moved, {"id": id, "day": day})).scalar_one())


async def leave_behind(session: Session, tip_id: UUID, unit_id: UUID, day: date) -> None:
    """Nobody of the former holder reads a tip any more, and its clocks go to the new one."""
    live = update(TipAssignment).where(
        col(TipAssignment.tip_id) == tip_id, col(TipAssignment.ended_on).is_(None)
    )
    await session.exec(live.values(ended_on=day))
    clocks = update(Deadline).where(
        col(Deadline.resource) == RESOURCE, col(Deadline.resource_id) == tip_id
    )
    await session.exec(clocks.values(unit_id=unit_id))
