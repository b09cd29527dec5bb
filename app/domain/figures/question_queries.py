"""Every SQL statement of the questions about recorded numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import text

from app.db.session import Session, execute

# Numbers that people entered: those that sources state, and those of activities.
NUMBERS = """
WITH number AS MATERIALIZED (
  SELECT 'stated_figure' AS resource, s.id, s.unit_id, s.measure, s.category, s.counting_unit,
    s.value, s.period_from, s.period_to, s.created_at, s.province_id, s.district_id, s.commune_id,
    s.village_id
  FROM stated_figure s
  WHERE s.voided_at IS NULL AND s.value IS NOT NULL AND NOT s.delta_only
    AND s.period_to BETWEEN CAST(:first AS date) AND CAST(:last AS date) AND {stated}
  UNION ALL
  SELECT 'activity', a.id, a.unit_id, l.measure, l.category, l.counting_unit, l.value,
    a.starts_on, l.day, a.created_at, a.province_id, a.district_id, a.commune_id, a.village_id
  FROM activity_line l JOIN activity a ON a.id = l.activity_id
  WHERE l.voided_at IS NULL AND a.voided_at IS NULL AND l.value IS NOT NULL
    AND l.day BETWEEN CAST(:first AS date) AND CAST(:last AS date) AND {activity}
)
"""
REPEATED = """
SELECT unit_id, value, array_agg(resource || ' ' || id ORDER BY id) AS records,
  array_agg(DISTINCT measure) AS measures
FROM number WHERE value >= :least AND value % 100 <> 0 AND period_to >= :since
GROUP BY unit_id, value HAVING count(DISTINCT measure) > 1 ORDER BY unit_id, value LIMIT :limit
"""
PLACES = """
SELECT n.unit_id, n.value, n.measure, e.existing, n.period_to AS day,
  ARRAY[n.resource || ' ' || n.id] AS records
FROM number n CROSS JOIN LATERAL (
  SELECT count(*) AS existing FROM unit u
  JOIN unit_place p ON p.unit_id = u.id
    AND p.valid_from <= n.period_to AND p.valid_to > n.period_to
  JOIN unit_version v ON v.unit_id = u.id
    AND v.valid_from <= n.period_to AND v.valid_to > n.period_to
  WHERE u.level = 'village' AND (n.unit_id IN (p.province_id, p.district_id, p.commune_id,
    p.village_id) OR EXISTS (SELECT FROM unit o WHERE o.id = n.unit_id AND o.level = 'national'))
) e
WHERE n.counting_unit = ANY (:place_units) AND n.period_to >= :since AND e.existing > 0
  AND n.value > e.existing
ORDER BY n.unit_id, n.id LIMIT :limit
"""
COPIES = """
SELECT n.unit_id, n.value, n.measure, n.period_to AS day,
  ARRAY[b.resource || ' ' || b.id, n.resource || ' ' || n.id] AS records
FROM number n JOIN number b ON b.unit_id = n.unit_id AND b.measure = n.measure
  AND b.category IS NOT DISTINCT FROM n.category AND b.value = n.value AND b.id <> n.id
  AND b.period_from = n.period_from - interval '1 year'
  AND b.period_to BETWEEN n.period_to - interval '1 year 1 day'
    AND n.period_to - interval '364 days'
WHERE n.value >= :least_copy AND n.period_to >= :since
ORDER BY n.unit_id, n.id LIMIT :limit
"""
LATE = """
SELECT unit_id, count(*) AS number,
  (array_agg(resource || ' ' || id ORDER BY id))[1 : CAST(:named AS int)] AS records
FROM (SELECT DISTINCT resource, id, unit_id FROM number
  WHERE created_at > period_to + CAST(:late AS int) + interval '1 day' AND period_to >= :since) n
GROUP BY unit_id ORDER BY unit_id LIMIT :limit
"""
UNDATED = """
SELECT s.unit_id, count(*) AS number,
  (array_agg('stated_figure ' || s.id ORDER BY s.id))[1 : CAST(:named AS int)] AS records
FROM stated_figure s WHERE s.precision = 'undated' AND s.voided_at IS NULL AND {stated}
GROUP BY s.unit_id ORDER BY s.unit_id LIMIT :limit
"""
STATEMENTS = {
    "repeated_figure": NUMBERS + REPEATED,
    "more_places_than_exist": NUMBERS + PLACES,
    "copy_of_last_year": NUMBERS + COPIES,
    "late_entry": NUMBERS + LATE,
    "undated": UNDATED,
}


WITHIN = """EXISTS (SELECT FROM unit_place p WHERE p.unit_id = {row}.unit_id
  AND :unit IN (p.province_id, p.district_id, p.commune_id, p.village_id) AND {then})"""
DAYS = {  # on the map of the day of a number; of undated ones on any
    "stated": "(s.period_to IS NULL OR p.valid_from <= s.period_to AND p.valid_to > s.period_to)",
    "activity": "p.valid_from <= l.day AND p.valid_to > l.day",
}


async def list_found(
    session: Session, kind: str, values: Mapping[str, Any], *, country: bool
) -> Sequence[Mapping[str, Any]]:
    """List what one kind of question finds in a unit, or in the country."""
    own = {
        name: "true" if country else WITHIN.format(row=row, then=DAYS[name])
        for name, row in (("stated", "s"), ("activity", "a"))
    }
    statement = text(STATEMENTS[kind].format(**own))
    bound = {name: values[name] for name in statement.compile().params}
    return (await execute(session, statement, bound)).mappings().all()


READABLE = """
SELECT 'stated_figure ' || s.id FROM stated_figure s
WHERE :stated AND s.id = ANY (CAST(:ids AS uuid[])) AND {stated}
UNION ALL SELECT 'activity ' || a.id FROM activity a
WHERE :activity AND a.id = ANY (CAST(:ids AS uuid[])) AND {activity}
"""


async def list_readable(
    session: Session, level: str, unit: Any, may: Mapping[str, bool], ids: Sequence[Any]
) -> set[str]:
    """List those of the records that a caller reads: by permission, and in their own unit."""
    own = {
        name: "true" if level == "national" else f"{row}.{level}_id = :unit"
        for name, row in (("stated", "s"), ("activity", "a"))
    }
    values = {"ids": list(ids), **may} | ({} if level == "national" else {"unit": unit})
    return set((await execute(session, text(READABLE.format(**own)), values)).scalars())
