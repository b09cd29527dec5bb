"""Every SQL statement on transfers; the move itself is a function of the database."""

from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import select

from app.db.session import Session, execute
from app.db.tables.confidential import TransferState
from app.domain.actor import Actor
from app.domain.confidential.kinds import R
from app.domain.confidential.transfers.kinds import TransferKind
from app.domain.deadlines.queries import lock_calendars_shared


async def is_offered_to(session: Session, kind: TransferKind[R], actor: Actor, id: UUID) -> bool:
    """Return whether an offer is made to the actor's side."""
    table = kind.table
    side = kind.record.scope[actor.level](table, actor.unit_id)
    statement = select(table.id).where(table.id == id, side)
    return (await session.exec(statement)).first() is not None


async def has_open_offer(session: Session, kind: TransferKind[R], record_id: UUID) -> bool:
    """Return whether a record is offered to a unit that has not answered."""
    table = kind.table
    statement = select(table.id).where(
        kind.record.reference_of(table) == record_id, table.state == TransferState.OFFERED
    )
    return (await session.exec(statement)).first() is not None


async def find_receiving_unit(session: Session, unit: UUID) -> UUID | None:
    """Find the unit that acts today for the one that a record is offered to."""
    found = await execute(session, text("SELECT standing_unit(:unit)"), {"unit": unit})
    receiver: UUID | None = found.scalar_one()
    return receiver


async def accept_offer(session: Session, kind: TransferKind[R], id: UUID, day: date) -> bool:
    """Move the record to the unit it is offered to; return False where it has moved on."""
    await lock_calendars_shared(session)  # before the record, as everything that locks one does
    moved = text(f"SELECT {kind.accept_function}(:id, :day)")
    return bool((await execute(session, moved, {"id": id, "day": day})).scalar_one())
