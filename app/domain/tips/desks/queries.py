"""Every SQL statement on how units take tips, apart from those of the shape."""

from uuid import UUID

from sqlmodel import select

from app.db.session import Session
from app.db.tables.tips import TipDesk


async def desk_of(session: Session, unit: UUID) -> TipDesk | None:
    """How a unit takes tips, kept from others until this transaction ends."""
    statement = select(TipDesk).where(TipDesk.unit_id == unit).with_for_update()
    return (await session.exec(statement)).one_or_none()
