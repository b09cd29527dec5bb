"""The SQL statement of the team tally."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import text

from app.db.session import Session, execute
from app.domain.records.quantities import quantity_sql
from app.domain.units.queries import UnitOnDate
from app.domain.units.unit_sql import PlacesSql, in_unit_sql, name_sql

# Teams of the unit are those recorded for what lies in it on its own day. One row a kind and a
# commune of the boundary's map; NULL for what lies in no commune that anybody knows.
# Size of a team: its members on the day, else the stated number.
TALLY = """
WITH standing AS MATERIALIZED (
  SELECT t.id, t.kind, {boundary_day}.commune_id, {counted_size} AS counted_size
  FROM {tables} JOIN team t ON t.unit_id = unit_day.unit_id
  WHERE {in_unit} AND {tests} AND t.voided_at IS NULL AND t.established_on <= :day
    AND (t.dissolved_on IS NULL OR t.dissolved_on > :day)
), crew AS (
  SELECT s.team_id, count(*) AS people FROM team_term s
  WHERE s.since <= :day AND s.until > :day AND s.voided_at IS NULL
    AND s.team_id IN (SELECT id FROM standing)
  GROUP BY s.team_id
), summed AS (
  SELECT s.commune_id, s.kind, count(*) AS teams,
         coalesce(sum(coalesce(c.people, s.counted_size)), 0) AS people,
         count(*) FILTER (WHERE coalesce(c.people, s.counted_size) IS NULL) AS of_unknown_size
  FROM standing s LEFT JOIN crew c ON c.team_id = s.id GROUP BY s.commune_id, s.kind
)
SELECT s.commune_id, v.code, v.full_name, v.sort_key, s.kind, s.teams, s.people, s.of_unknown_size
FROM summed s {name}
ORDER BY v.sort_key, s.commune_id, s.kind
"""


async def tally(
    session: Session, *, unit: UnitOnDate, day: date, unit_day: date, boundary_day: date
) -> Sequence[Any]:
    """Teams that stood on a day, by kind and by commune of the boundary's map."""
    places = PlacesSql(unit_day=unit_day, boundary_day=boundary_day)
    statement = TALLY.format(
        **places.names, tables=places.tables(), tests=places.tests(),
        in_unit=in_unit_sql(unit.level, "unit_day"),
        counted_size=quantity_sql("t", "counted_size"),
        name=name_sql("s.commune_id", "boundary_day"),
    )  # fmt: skip
    values = {"unit": unit.id, "day": day} | places.days
    return (await execute(session, text(statement), values)).all()
