"""Every SQL statement on what belongs to a case."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.reintegration import (
    CasePart,
    CaseState,
    ClosingBasis,
    ReintegrationAssignment,
    ReintegrationCase,
    ReintegrationIdentity,
)
from app.db.tables.reintegration_parts import CaseEntry
from app.domain.actor import Actor
from app.domain.reintegration.kind import CASE_KIND

E = TypeVar("E", bound=CaseEntry)


async def load_identity(
    session: Session, case: UUID, *, lock: bool = False
) -> ReintegrationIdentity | None:
    """Load the sealed identity of a case; locked, to correct it."""
    statement = select(ReintegrationIdentity).where(ReintegrationIdentity.case_id == case)
    statement = statement.with_for_update() if lock else statement
    return (await session.exec(statement)).one_or_none()


async def find_entries(session: Session, table: type[E], case: UUID) -> Sequence[E]:
    """Find the entries of one kind in a case, in the order in which they were made."""
    of_case: Any = table
    statement = select(table).where(of_case.case_id == case).order_by(of_case.id)
    return (await session.exec(statement)).all()


async def lock_entry(session: Session, table: type[E], case: UUID, id: UUID) -> E | None:
    """Load and lock one entry of a case."""
    of_case: Any = table
    statement = select(table).where(of_case.case_id == case, of_case.id == id)
    return (await session.exec(statement.with_for_update())).one_or_none()


async def lock_assignment(
    session: Session, case: UUID, *, id: UUID | None = None, subject: str | None = None
) -> ReintegrationAssignment | None:
    """Load and lock a live assignment to a case, by its id or by the person."""
    table = ReintegrationAssignment
    statement = select(table).where(
        table.case_id == case, col(table.ended_on).is_(None),
        table.id == id if id else table.subject == subject,
    )  # fmt: skip
    return (await session.exec(statement.with_for_update())).one_or_none()


async def has_helper(session: Session, case: UUID) -> bool:
    """Return whether somebody is named as the helper of HCD-06/07."""
    table = ReintegrationAssignment
    statement = select(table.id).where(
        table.case_id == case, col(table.ended_on).is_(None), table.part == CasePart.HELPER
    )
    return (await session.exec(statement)).first() is not None


async def find_earlier_case(session: Session, actor: Actor, id: UUID) -> ReintegrationCase | None:
    """Find a case of the actor's that a new one may follow."""
    table = ReintegrationCase
    mine = CASE_KIND.live_scope[actor.level](table, actor.unit_id)
    statement = select(table).where(
        table.id == id, mine, table.state == CaseState.CLOSED,
        table.closing_basis == ClosingBasis.IMPRISONED_AGAIN,
    )  # fmt: skip
    return (await session.exec(statement)).one_or_none()
