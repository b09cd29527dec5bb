"""SQL on emergency openings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.deadlines import Deadline
from app.db.tables.reintegration_openings import ReintegrationOpening
from app.domain.actor import Actor
from app.domain.reintegration.openings.shape import OPENING_SCOPE
from app.domain.reintegration.rule_codes import OPENING, OPENING_REVIEW


@dataclass(frozen=True, slots=True)
class CaseToOpen:
    """A case that somebody asks to open, and whether they can read it already."""

    id: UUID
    unit_id: UUID
    closed: bool
    has_part: bool
    opens_until: datetime | None


async def find_case_to_open(session: Session, number: str) -> CaseToOpen | None:
    """Find the case of a number where the caller works; a second request of theirs waits."""
    columns = "id, unit_id, closed, has_part, opens_until"
    statement = text(f"SELECT {columns} FROM case_to_open(:number)")
    row = (await execute(session, statement, {"number": number})).one_or_none()
    return CaseToOpen(*row) if row else None


async def find_opening(session: Session, actor: Actor, id: UUID) -> ReintegrationOpening | None:
    """Find an opening that the actor may see."""
    table = ReintegrationOpening
    mine = OPENING_SCOPE[actor.level](table, actor.unit_id)
    return (await session.exec(select(table).where(table.id == id, mine))).one_or_none()


async def find_review_deadline(session: Session, opening: UUID) -> UUID | None:
    """Find the deadline to review an opening that is not met, late or not."""
    statement = select(Deadline.id).where(
        Deadline.resource == OPENING, Deadline.resource_id == opening,
        Deadline.rule_code == OPENING_REVIEW, col(Deadline.met_at).is_(None),
    )  # fmt: skip
    return (await session.exec(statement)).first()
