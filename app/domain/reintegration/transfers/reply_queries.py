"""SQL on the time limits of requests in a case that is handed over."""

from uuid import UUID

from sqlmodel import col, select, update

from app.db.session import Session
from app.db.tables.deadlines import Deadline
from app.db.tables.reintegration_requests import ReintegrationRequest
from app.domain.reintegration.rule_codes import REQUEST


async def move_replies(session: Session, case: UUID, unit: UUID) -> None:
    """Move the time limits of the requests in a case to the unit that has taken it."""
    asked = select(ReintegrationRequest.id).where(ReintegrationRequest.case_id == case)
    own = update(Deadline).where(
        col(Deadline.resource) == REQUEST, col(Deadline.resource_id).in_(asked)
    )
    await session.exec(own.values(unit_id=unit))
