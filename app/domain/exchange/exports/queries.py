"""Every SQL statement on exports, apart from those of the shape."""

from datetime import datetime
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.exports import Export, ExportState
from app.domain.actor import Actor
from app.domain.exchange.exports.shape import OWN


async def find_own(session: Session, actor: Actor, id: UUID) -> Export | None:
    """Find an export of the actor."""
    statement = select(Export).where(Export.id == id, OWN[actor.level](Export, actor.unit_id))
    return (await session.exec(statement)).one_or_none()


async def find_waiting(session: Session, id: UUID, *, lock: bool = False) -> Export | None:
    """Find an export that was not written yet."""
    statement = select(Export).where(Export.id == id, Export.state == ExportState.WAITING)
    statement = statement.with_for_update() if lock else statement
    return (await session.exec(statement)).one_or_none()


async def lock_expired(session: Session, at: datetime, most: int) -> list[Export]:
    """Lock some exports whose time is over, and whose files may still be there."""
    statement = (
        select(Export)
        .where(col(Export.state) != ExportState.EXPIRED, Export.expires_at <= at)
        .order_by(col(Export.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return list((await session.exec(statement)).all())
