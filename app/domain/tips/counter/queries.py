"""Every SQL statement on the counter."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.tip_parts import TipCount
from app.db.tables.units import UnitLevel

ONE_AT_A_TIME = 7_300_042  # advisory lock
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
    """Return the end of the chain; let nobody else add to it until this transaction ends."""
    await execute(session, text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
    newest = select(TipCount.position, TipCount.hash).order_by(col(TipCount.position).desc())
    return (await session.exec(newest.limit(1))).first()


async def last_before(session: Session, day: date) -> TipCount | None:
    """The last link that was counted before a day."""
    newest = select(TipCount).where(TipCount.day < day).order_by(col(TipCount.position).desc())
    return (await session.exec(newest.limit(1))).first()


async def link_of(session: Session, leaf: bytes) -> TipCount | None:
    """The link that was made over a leaf."""
    return (await session.exec(select(TipCount).where(TipCount.leaf == leaf))).one_or_none()


async def links(session: Session, *, after: int, most: int) -> Sequence[TipCount]:
    """Some links in their order."""
    statement = select(TipCount).where(TipCount.position > after).order_by(col(TipCount.position))
    return (await session.exec(statement.limit(most))).all()


async def parts(
    session: Session, level: UnitLevel, unit: UUID | None, first: date, until: date
) -> Sequence[Any]:
    """What was counted in some months, by the parts of a country or of a province."""
    values = {"unit": unit, "first": first, "until": until}
    return (await execute(session, text(PARTS[level]), values)).all()


async def province_of(session: Session, commune: UUID) -> UUID | None:
    """The province in which a commune lies today."""
    found = await execute(
        session, text("SELECT province_id FROM unit WHERE id = :id"), {"id": commune}
    )
    province: UUID | None = found.scalar_one()
    return province
