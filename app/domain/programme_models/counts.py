"""The SQL that counts programme models: how far they have spread, who copied whom, how many."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.db.session import Session, execute
from app.domain.records.quantities import quantity_sql
from app.domain.units.unit_sql import UNIT_PLACES, WITHIN_UNIT_SQL

# Places are villages and the like. One row a commune of the boundary's map; NULL where the map
# knows none for a place.
COVERAGE = f"""
WITH place AS (
  SELECT u.unit_id, {UNIT_PLACES}
  FROM unit_version u
  WHERE u.level = 'village' AND u.valid_from <= :day AND u.valid_to > :day
), {WITHIN_UNIT_SQL}, counted AS (
  SELECT t.unit_id, t.commune_id,
         count(m.id) AS models,
         coalesce(sum({quantity_sql("m.id", "households")})
           FILTER (WHERE h.unit_id = m.unit_id), 0) AS households
  FROM unit_places(:boundary_day, ARRAY(SELECT unit_id FROM found)) t
  LEFT JOIN model_host h ON h.unit_id = t.unit_id
  LEFT JOIN model m ON m.id = h.model_id AND m.type_id = :type AND m.at_work @> CAST(:day AS date)
    AND m.voided_at IS NULL
  GROUP BY t.unit_id, t.commune_id
)
SELECT c.commune_id, v.code, v.full_name, v.sort_key,
       count(*) FILTER (WHERE c.models > 0) AS covered, count(*) AS existing,
       sum(c.households) AS households
FROM counted c LEFT JOIN unit_version v
  ON v.unit_id = c.commune_id AND v.valid_from <= :boundary_day AND v.valid_to > :boundary_day
GROUP BY c.commune_id, v.code, v.full_name, v.sort_key ORDER BY v.sort_key, c.commune_id
"""


async def coverage(
    session: Session,
    *,
    type: UUID,
    unit: UUID,
    whole: bool,
    day: date,
    unit_day: date,
    boundary_day: date,
) -> Sequence[Any]:
    """Places, covered places and households on a day, by commune of the boundary's map."""
    values = {"type": type, "unit": unit, "whole": whole, "day": day}
    values |= {"unit_day": unit_day, "boundary_day": boundary_day}
    return (await execute(session, text(COVERAGE), values)).all()


# Every model at work that a unit hosts, or a part of it; units that belonged to nobody on that day
# are queried one by one. A model counts once, however many of the units host it.
TALLY = f"""
WITH found AS (
  SELECT unit_descendants(:unit, 'administrative', :unit_day) AS unit_id WHERE NOT :whole
  UNION
  SELECT l.unit_id FROM unit_places(:unit_day, ARRAY(
    SELECT DISTINCT h.unit_id FROM model m JOIN model_host h ON h.model_id = m.id
    WHERE NOT :whole AND m.voided_at IS NULL AND m.at_work @> CAST(:day AS date) AND NOT EXISTS (
      SELECT FROM unit_parent p WHERE p.unit_id = h.unit_id AND p.hierarchy = 'administrative'
      AND p.valid_from <= :unit_day AND p.valid_to > :unit_day))) l
  WHERE :unit IN (l.province_id, l.district_id, l.commune_id, l.village_id)
), counted AS (
  SELECT m.id, m.type_id, {quantity_sql("m.id", "groups")} AS groups FROM model m
  WHERE m.voided_at IS NULL AND m.at_work @> CAST(:day AS date) AND (:whole OR m.id IN (
    SELECT h.model_id FROM model_host h WHERE h.unit_id IN (SELECT unit_id FROM found)))
), joined AS (
  SELECT g.model_id, coalesce(sum(g.count) FILTER (
    WHERE g.joined_on <= :day AND coalesce(g.left_on > :day, true)), 0) AS groups
  FROM model_member g WHERE g.kind = 'group' AND g.model_id IN (SELECT id FROM counted)
  GROUP BY g.model_id
)
SELECT t.code, t.name, t.field, t.host_kind, count(*) AS sites,
       coalesce(sum(coalesce(nullif(j.groups, 0), c.groups)), 0) AS groups
FROM counted c JOIN model_type t ON t.id = c.type_id LEFT JOIN joined j ON j.model_id = c.id
GROUP BY t.id ORDER BY t.sort_key, t.id
"""


async def tally(
    session: Session, *, unit: UUID, whole: bool, day: date, unit_day: date
) -> Sequence[Any]:
    """Models at work in a unit on a day, and their groups, by type."""
    values = {"unit": unit, "whole": whole, "day": day, "unit_day": unit_day}
    return (await execute(session, text(TALLY), values)).all()


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
