"""Every SQL statement on confidential records of any kind and on their assignments."""

from datetime import date
from uuid import UUID

from sqlmodel import col, select, update

from app.db.session import Session
from app.db.tables.deadlines import Deadline
from app.db.tables.units import Unit
from app.domain.actor import Actor
from app.domain.confidential.kinds import ConfidentialKind, R
from app.domain.deadlines.queries import lock_calendars_shared
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.scope import Scope


async def lock_record(session: Session, kind: ConfidentialKind[R], actor: Actor, id: UUID) -> R:
    """Load a record in the actor's scope and lock it until the transaction ends."""
    await lock_calendars_shared(
        session
    )  # first, so that entering days off never waits for a record
    scope = kind.live_scope
    return await records.get(session, actor, kind.table, id, scope=scope, lock_map=False)


async def find_record(
    session: Session, kind: ConfidentialKind[R], actor: Actor, id: UUID, scope: Scope | None = None
) -> R:
    """Load a record in the actor's scope, or in one that is wider for reads."""
    table = kind.table
    in_scope = (scope or kind.live_scope)[actor.level](table, actor.unit_id)
    statement = select(table).where(table.id == id, in_scope)
    record = (await session.exec(statement)).one_or_none()
    if record is None:
        raise build_not_found(table)
    return record


async def is_in_scope(session: Session, kind: ConfidentialKind[R], actor: Actor, id: UUID) -> bool:
    """Return whether a record lies in the actor's scope."""
    place = kind.scope[actor.level](kind.table, actor.unit_id)
    statement = select(kind.table.id).where(kind.table.id == id, place)
    return (await session.exec(statement)).first() is not None


async def is_assigned(session: Session, kind: ConfidentialKind[R], actor: Actor, id: UUID) -> bool:
    """Return whether the actor is assigned to a record."""
    table = kind.assignments
    statement = select(table.id).where(
        kind.reference_of(table) == id,
        table.subject == actor.subject,
        col(table.ended_on).is_(None),
    )
    return (await session.exec(statement)).first() is not None


async def is_any_assigned(session: Session, kind: ConfidentialKind[R], actor: Actor) -> bool:
    """Return whether the actor is assigned to any record."""
    table = kind.assignments
    mine = select(table.id).where(table.subject == actor.subject, col(table.ended_on).is_(None))
    return (await session.exec(mine.limit(1))).first() is not None


async def end_assignments(session: Session, kind: ConfidentialKind[R], id: UUID, day: date) -> None:
    """End every assignment to a record."""
    table = kind.assignments
    live = update(table).where(kind.reference_of(table) == id, col(table.ended_on).is_(None))
    await session.exec(live.values(ended_on=day))


async def move_deadlines(
    session: Session, kind: ConfidentialKind[R], id: UUID, unit_id: UUID
) -> None:
    """Move the deadlines of a record to another unit."""
    own = update(Deadline).where(
        col(Deadline.resource) == kind.resource, col(Deadline.resource_id) == id
    )
    await session.exec(own.values(unit_id=unit_id))


async def load_unit(session: Session, id: UUID) -> Unit:
    """Load a unit with its place on today's map."""
    return (await session.exec(select(Unit).where(Unit.id == id))).one()
