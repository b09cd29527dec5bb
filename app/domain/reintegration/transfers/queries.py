"""SQL on hand-overs of cases."""

from uuid import UUID

from sqlmodel import select

from app.db.session import Session
from app.db.tables.reintegration_transfers import ReintegrationTransfer


async def find_offered_case(session: Session, offer: UUID) -> UUID | None:
    """Find the case that an offer is of."""
    table = ReintegrationTransfer
    return (await session.exec(select(table.case_id).where(table.id == offer))).first()
