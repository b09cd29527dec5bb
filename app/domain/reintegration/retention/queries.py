"""SQL of the purge: what is left of a case, and which are gone but for their row."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, false, text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.reintegration import ReintegrationCase

# an id of its own, and no day: nothing leads back from it to the case
LEAVE_EPISODE = """
INSERT INTO reintegration_episode (id, release_month, province_id, months, reoffended)
SELECT gen_random_uuid(), date_trunc('month', released_on)::date, province_id,
  greatest(0, (extract(year FROM age(closed_on, released_on)) * 12
    + extract(month FROM age(closed_on, released_on)))::integer),
  closing_basis = 'imprisoned_again'
FROM reintegration_case WHERE id = :case
"""


def heard_since(day: Any) -> ColumnElement[bool]:
    """Test for cases whose person has written: none does, for none has a receipt."""
    return false()


def is_minor() -> ColumnElement[bool]:
    """Test for cases of people under 18."""
    found: ColumnElement[bool] = col(ReintegrationCase.is_minor).is_(True)
    return found


def is_adult() -> ColumnElement[bool]:
    """Test for all other cases."""
    return ~col(ReintegrationCase.is_minor)


async def leave_episode(session: Session, case: UUID) -> None:
    """Leave of a case the month of release, the province, and the months that were followed."""
    await execute(session, text(LEAVE_EPISODE), {"case": case})


async def find_files(session: Session, case: UUID) -> Sequence[str]:
    """Find the files of a case: it has none."""
    return ()


async def is_file_used(session: Session, sha256: str) -> bool:
    """Return whether a file belongs to a case: none does."""
    return False


async def find_purged(session: Session) -> Sequence[UUID]:
    """Find cases of which nothing but the row is left."""
    table = ReintegrationCase
    return (await session.exec(select(table.id).where(col(table.expired_on).is_not(None)))).all()


async def delete_rows(session: Session, cases: Collection[UUID]) -> None:
    """Delete the rows of purged cases, whose keys are destroyed."""
    table = ReintegrationCase
    gone = delete(table).where(col(table.id).in_(cases), col(table.expired_on).is_not(None))
    await execute(session, gone)
