"""Every SQL statement on the public counter."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.tip_parts import TipCount
from app.db.tables.units import UnitLevel

LOG_LOCK = 7_300_042  # advisory: events are appended one at a time
OVER = "c.month >= :first AND c.month < :until"
PARTS = {
    UnitLevel.NATIONAL: (
        f"SELECT u.province_id AS part, c.month, c.event, count(*) AS number FROM tip_count c "
        f"JOIN unit u ON u.id = c.unit_id WHERE {OVER} GROUP BY 1, 2, 3"
    ),
    UnitLevel.PROVINCE: (
        f"SELECT u.commune_id AS part, c.month, c.event, count(*) AS number FROM tip_count c "
        f"JOIN unit u ON u.id = c.unit_id WHERE u.province_id = :unit AND {OVER} GROUP BY 1, 2, 3"
    ),
}


async def lock_end(session: Session) -> tuple[int, bytes] | None:
    """Find the end of the chain; nobody else appends until this transaction ends."""
    await execute(session, text(f"SELECT pg_advisory_xact_lock({LOG_LOCK})"))
    newest = select(TipCount.position, TipCount.hash).order_by(col(TipCount.position).desc())
    return (await session.exec(newest.limit(1))).first()


async def find_last_before(session: Session, day: date) -> TipCount | None:
    """Find the last link that was appended before a day."""
    newest = select(TipCount).where(TipCount.day < day).order_by(col(TipCount.position).desc())
    return (await session.exec(newest.limit(1))).first()


async def find_by_leaf(session: Session, leaf: bytes) -> TipCount | None:
    """Find the link with a leaf."""
    return (await session.exec(select(TipCount).where(TipCount.leaf == leaf))).one_or_none()


async def find_links(session: Session, *, after: int, limit: int) -> Sequence[TipCount]:
    """Find links after a position, in their order."""
    statement = select(TipCount).where(TipCount.position > after).order_by(col(TipCount.position))
    return (await session.exec(statement.limit(limit))).all()


async def count_parts(
    session: Session, level: UnitLevel, unit: UUID | None, first: date, until: date
) -> Sequence[Any]:
    """Count events by month and by the parts of the country or of a province."""
    values = {"unit": unit, "first": first, "until": until}
    return (await execute(session, text(PARTS[level]), values)).all()


async def find_province(session: Session, commune: UUID) -> UUID | None:
    """Find the province in which a commune lies today."""
    found = await execute(
        session, text("SELECT province_id FROM unit WHERE id = :id"), {"id": commune}
    )
    province: UUID | None = found.scalar_one()
    return province
