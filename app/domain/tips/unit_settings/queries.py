"""Every SQL statement on the settings of units, apart from those of the shape."""

from uuid import UUID

from sqlmodel import select

from app.db.session import Session
from app.db.tables.tips import TipUnitSettings


async def lock_settings(session: Session, unit: UUID) -> TipUnitSettings | None:
    """Load and lock the settings of a unit."""
    statement = select(TipUnitSettings).where(TipUnitSettings.unit_id == unit).with_for_update()
    return (await session.exec(statement)).one_or_none()
