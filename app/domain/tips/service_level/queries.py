"""The SQL statement on the service level: counts of tips that the caller does not see."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.db.session import Session, execute

TALLIES = """
SELECT t.commune_id, t.month, t.received, t.resolved_in_time, t.resolved_late, t.overdue,
       t.not_yet_due, t.downgraded, v.code, v.full_name AS name
FROM tip_tallies(:unit, :first, :last, :at) t
LEFT JOIN unit_version v ON v.unit_id = t.commune_id AND v.valid_from <= :day AND v.valid_to > :day
ORDER BY v.sort_key, t.commune_id, t.month
"""


async def count_tips(
    session: Session, unit: UUID, first: date, last: date, at: datetime, day: date
) -> Sequence[Any]:
    """Count tips of a unit and those below it, by commune on the map of a day and by month."""
    values = {"unit": unit, "first": first, "last": last, "at": at, "day": day}
    return (await execute(session, text(TALLIES), values)).all()
