"""The SQL statement of the team tally."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.db.session import Session, execute
from app.domain.records.quantities import quantity_sql
from app.domain.units.unit_sql import UNIT_PLACES, WITHIN_UNIT_SQL

# Teams of the unit are those recorded for what lies in it on its own day. One row a kind and a
# commune of the boundary's map; NULL for what lies in no commune that anybody knows.
# Size of a team: its members on the day, else the stated number.
TALLY = f"""
WITH standing AS (
  SELECT t.unit_id, t.kind, coalesce(nullif((
    SELECT count(*) FROM team_term s
    WHERE s.team_id = t.id AND s.since <= :day AND s.until > :day
      AND s.voided_at IS NULL), 0), {quantity_sql("t.id", "counted_size")}) AS people
  FROM team t
  WHERE t.voided_at IS NULL AND t.established_on <= :day
    AND (t.dissolved_on IS NULL OR t.dissolved_on > :day)
), place AS (
  SELECT u.unit_id, {UNIT_PLACES}
  FROM (SELECT DISTINCT unit_id FROM standing) u
), {WITHIN_UNIT_SQL}
SELECT b.commune_id, v.code, v.full_name, v.sort_key, s.kind, count(*) AS teams,
       coalesce(sum(s.people), 0) AS people,
       count(*) FILTER (WHERE s.people IS NULL) AS of_unknown_size
FROM unit_places(:boundary_day, ARRAY(SELECT unit_id FROM found)) b
JOIN standing s ON s.unit_id = b.unit_id
LEFT JOIN unit_version v
  ON v.unit_id = b.commune_id AND v.valid_from <= :boundary_day AND v.valid_to > :boundary_day
GROUP BY b.commune_id, v.code, v.full_name, v.sort_key, s.kind
ORDER BY v.sort_key, b.commune_id, s.kind
"""


async def tally(
    session: Session, *, unit: UUID, whole: bool, day: date, unit_day: date, boundary_day: date
) -> Sequence[Any]:
    """Teams that stood on a day, by kind and by commune of the boundary's map."""
    values = {"unit": unit, "whole": whole, "day": day}
    values |= {"unit_day": unit_day, "boundary_day": boundary_day}
    return (await execute(session, text(TALLY), values)).all()
