"""The SQL that counts programme models: how far they have spread, who copied whom, how many."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.db.session import Session, execute
from app.db.tables.units import UnitLevel
from app.domain.records.quantities import quantity_sql
from app.domain.units.queries import UnitOnDate
from app.domain.units.unit_sql import PlacesSql, in_unit_sql, name_sql

# Places are villages and the like. While they stand they lie in themselves: a CASE tells the
# planner that many do. Whether they lie in the unit says the map of its own day. One row a commune
# of the boundary's map; NULL where it knows none for a place.
COVERAGE = """
WITH kind AS MATERIALIZED (
  SELECT id FROM model WHERE type_id = :type
), place AS MATERIALIZED (
  SELECT {day}.unit_id, {boundary_day}.commune_id FROM {tables}
  WHERE {tests} AND {in_unit} AND CASE WHEN {day}.village_id = {day}.unit_id THEN true END
), covered AS (
  SELECT h.unit_id, sum({households}) FILTER (WHERE m.unit_id = h.unit_id) AS households
  FROM kind k JOIN model_host h ON h.model_id = k.id JOIN model m ON m.id = k.id
  WHERE m.at_work @> CAST(:day AS date) AND m.voided_at IS NULL
    AND h.unit_id IN (SELECT unit_id FROM place)
  GROUP BY h.unit_id
), counted AS (
  SELECT p.commune_id, count(c.unit_id) AS covered, count(*) AS existing,
         coalesce(sum(c.households), 0) AS households
  FROM place p LEFT JOIN covered c ON c.unit_id = p.unit_id GROUP BY p.commune_id
)
SELECT c.commune_id, v.code, v.full_name, v.sort_key, c.covered, c.existing, c.households
FROM counted c {name} ORDER BY v.sort_key, c.commune_id
"""


async def coverage(
    session: Session, *, type: UUID, unit: UnitOnDate, day: date, unit_day: date,
    boundary_day: date,
) -> Sequence[Any]:  # fmt: skip
    """Places, covered places and households on a day, by commune of the boundary's map."""
    places = PlacesSql(unit_day=unit_day, day=day, boundary_day=boundary_day)
    statement = COVERAGE.format(
        **places.names, tables=places.tables(), tests=places.tests(),
        in_unit=in_unit_sql(unit.level, places.names["unit_day"]),
        households=quantity_sql("m", "households"), name=name_sql("c.commune_id", "boundary_day"),
    )  # fmt: skip
    values = {"type": type, "unit": unit.id} | places.days
    return (await execute(session, text(statement), values)).all()


# Every model at work that a unit hosts, or a part of it. A model counts once, however many of the
# units host it.
TALLY = """
WITH counted AS MATERIALIZED (
  SELECT m.id, m.type_id, {groups} AS groups FROM model m
  WHERE m.voided_at IS NULL AND m.at_work @> CAST(:day AS date) AND {hosted}
), joined AS (
  SELECT g.model_id, coalesce(sum(g.count) FILTER (
    WHERE g.joined_on <= :day AND coalesce(g.left_on > :day, true)), 0) AS groups
  FROM model_member g WHERE g.kind = 'group' AND g.model_id IN (SELECT id FROM counted)
  GROUP BY g.model_id
), summed AS (
  SELECT c.type_id, count(*) AS sites, sum(coalesce(nullif(j.groups, 0), c.groups)) AS groups
  FROM counted c LEFT JOIN joined j ON j.model_id = c.id GROUP BY c.type_id
)
SELECT t.code, t.name, t.field, t.host_kind, s.sites, coalesce(s.groups, 0) AS groups
FROM summed s JOIN model_type t ON t.id = s.type_id ORDER BY t.sort_key, t.id
"""
HOSTED = """m.id IN (
    SELECT h.model_id FROM {tables} JOIN model_host h ON h.unit_id = unit_day.unit_id
    WHERE {in_unit} AND {tests})"""


async def tally(session: Session, *, unit: UnitOnDate, day: date, unit_day: date) -> Sequence[Any]:
    """Models at work in a unit on a day, and their groups, by type."""
    places = PlacesSql(unit_day=unit_day)
    hosted = HOSTED.format(
        tables=places.tables(), tests=places.tests(), in_unit=in_unit_sql(unit.level, "unit_day")
    )
    statement = TALLY.format(
        groups=quantity_sql("m", "groups"),
        hosted="true" if unit.level is UnitLevel.NATIONAL else hosted,
    )
    values = {"unit": unit.id, "day": day, "unit_day": unit_day}
    return (await execute(session, text(statement), values)).all()


# One row for each generation, and one, without a depth, for all of them.
GENEALOGY = """
WITH RECURSIVE line(id, source_day, depth) AS (
  SELECT m.id, CAST(NULL AS date), 0 FROM model m WHERE m.id = :id
  UNION ALL
  SELECT m.id, s.launched_on, l.depth + 1
  FROM line l JOIN model s ON s.id = l.id JOIN model m ON m.replicated_from_id = l.id
  WHERE m.voided_at IS NULL
), replica AS (
  SELECT l.depth, m.launched_on - l.source_day AS days, m.at_work,
         (m.launched_on + interval '12 months')::date AS year_1,
         (m.launched_on + interval '24 months')::date AS year_2
  FROM line l JOIN model m ON m.id = l.id WHERE l.depth > 0 AND m.launched_on <= :day
)
SELECT depth, count(*) AS replicas, max(depth) AS deepest,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median_days,
       count(*) FILTER (WHERE year_1 <= :day) AS old_12,
       count(*) FILTER (WHERE year_1 <= :day AND at_work @> year_1) AS alive_12,
       count(*) FILTER (WHERE year_2 <= :day) AS old_24,
       count(*) FILTER (WHERE year_2 <= :day AND at_work @> year_2) AS alive_24
FROM replica GROUP BY GROUPING SETS ((depth), ()) ORDER BY depth NULLS FIRST
"""


async def genealogy(session: Session, id: UUID, day: date) -> Sequence[Any]:
    """The replicas launched by a day: all of them first, then those of each generation."""
    return (await execute(session, text(GENEALOGY), {"id": id, "day": day})).all()


MEMBERS = """
SELECT g.kind,
       coalesce(sum(g.count) FILTER (WHERE coalesce(g.left_on > :day, true)), 0) AS present,
       coalesce(sum(g.count) FILTER (WHERE NOT EXISTS (
         SELECT FROM model_member o WHERE o.merged_into_id = g.id)), 0) AS turns
FROM model_member g WHERE g.model_id = :id AND g.joined_on <= :day
GROUP BY g.kind ORDER BY g.kind
"""


async def members(session: Session, id: UUID, day: date) -> Sequence[Any]:
    """Count members on a day, by kind; a merged group does not count as joining again."""
    return (await execute(session, text(MEMBERS), {"id": id, "day": day})).all()
