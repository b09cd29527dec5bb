"""SQL on lines of support."""

from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.reintegration_choices import LoanPurpose
from app.db.tables.reintegration_parts import ReintegrationSupport
from app.domain.reintegration.support.rules import OUTSTANDING


async def has_outstanding_loan(session: Session, case: UUID, purpose: LoanPurpose) -> bool:
    """Return whether a loan for a purpose is not repaid."""
    table = ReintegrationSupport
    statement = select(table.id).where(
        table.case_id == case, table.purpose == purpose, col(table.state).in_(list(OUTSTANDING))
    )
    return (await session.exec(statement)).first() is not None
