"""The SQL that a void of a village asks: its rows on the map, and what knows of it."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.units import UnitParent, UnitSuccession, UnitVersion


async def list_versions(session: Session, unit: UUID) -> Sequence[UnitVersion]:
    """List the versions of a unit, the earliest first, and lock them."""
    statement = select(UnitVersion).where(UnitVersion.unit_id == unit).with_for_update()
    return (await session.exec(statement.order_by(col(UnitVersion.valid_from)))).all()


async def list_parents(session: Session, unit: UUID) -> Sequence[UnitParent]:
    """List the parents that a unit ever had, and lock them."""
    statement = select(UnitParent).where(UnitParent.unit_id == unit).with_for_update()
    return (await session.exec(statement.order_by(col(UnitParent.valid_from)))).all()


async def has_successions(session: Session, unit: UUID) -> bool:
    """Return whether a unit went into another, or another into it."""
    edge = select(UnitSuccession.id).where(
        (col(UnitSuccession.from_id) == unit) | (col(UnitSuccession.to_id) == unit)
    )
    return (await session.exec(edge.limit(1))).first() is not None
