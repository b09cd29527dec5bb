"""Every SQL statement of figures on the map: parts of units, and changes of their territory."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.db.session import Session, execute
from app.db.tables.units import UnitLevel
from app.domain.units.queries import UnitOnDate

PARTS = """
SELECT u.id, u.level, v.code, v.full_name FROM unit u
JOIN unit_place p ON p.unit_id = u.id AND p.valid_from <= :day AND p.valid_to > :day
JOIN unit_version v ON v.unit_id = u.id AND v.valid_from <= :day AND v.valid_to > :day
WHERE u.level = :level AND (CAST(:unit AS uuid) IS NULL
  OR :unit IN (p.province_id, p.district_id, p.commune_id, p.village_id))
ORDER BY v.sort_key, u.id
"""


async def list_parts(session: Session, unit: UUID | None, level: str, day: date) -> Sequence[Any]:
    """List the units of a level in a unit, or in the country, on the map of a day."""
    values = {"unit": unit, "level": level, "day": day}
    return (await execute(session, text(PARTS), values)).all()


COMMUNES = """
SELECT count(*) FROM unit_version v {lies}
WHERE v.level = 'commune' AND v.valid_from <= :day AND v.valid_to > :day
"""
LIES = """JOIN unit_place p ON p.unit_id = v.unit_id
  AND p.valid_from <= :day AND p.valid_to > :day AND p.{level}_id = :unit"""


async def count_communes(session: Session, unit: UnitOnDate, day: date) -> int:
    """Count the communes of a unit, or of the country, on the map of a day."""
    if unit.level is UnitLevel.NATIONAL:
        found = await execute(session, text(COMMUNES.format(lies="")), {"day": day})
        return int(found.scalar_one())
    statement = COMMUNES.format(lies=LIES.format(level=UnitLevel(unit.level)))
    return int(
        (await execute(session, text(statement), {"day": day, "unit": unit.id})).scalar_one()
    )


LEVEL_BELOW = """
SELECT DISTINCT u.level FROM unit_parent p JOIN unit u ON u.id = p.unit_id
WHERE p.parent_id = :unit AND p.hierarchy = 'administrative'
  AND p.valid_from <= :day AND p.valid_to > :day
"""


async def list_levels_below(session: Session, unit: UUID, day: date) -> set[UnitLevel]:
    """List the levels of the units directly below a unit on the map of a day."""
    rows = await execute(session, text(LEVEL_BELOW), {"unit": unit, "day": day})
    return {UnitLevel(row.level) for row in rows}


NAMES = """
SELECT DISTINCT ON (v.unit_id) v.unit_id AS id, v.code, v.full_name FROM unit_version v
WHERE v.unit_id = ANY (CAST(:units AS uuid[])) AND v.valid_from < v.valid_to
ORDER BY v.unit_id, v.valid_from DESC
"""


async def list_names(session: Session, units: Iterable[UUID]) -> Sequence[Any]:
    """List units with their last name and code."""
    return (await execute(session, text(NAMES), {"units": list(units)})).all()


# The communes of the unit; a commune that changes hands changes the territory of all above it,
# one that goes into another the territory of both.
CHANGES = """
SELECT EXISTS (
  SELECT FROM unit u JOIN unit_place p ON p.unit_id = u.id
  WHERE u.level = 'commune' AND p.valid_from > :since AND p.valid_from <= :until
    AND (:unit IN (p.province_id, p.district_id, p.commune_id)) <> EXISTS (
      SELECT FROM unit_place b WHERE b.unit_id = p.unit_id AND b.valid_to = p.valid_from
      AND :unit IN (b.province_id, b.district_id, b.commune_id))
) OR EXISTS (
  SELECT FROM unit_succession s WHERE :unit IN (s.from_id, s.to_id)
    AND s.effective_on > :since AND s.effective_on <= :until
)
"""


async def has_changed(session: Session, unit: UUID, since: date, until: date) -> bool:
    """Return whether the territory of a unit changed after one day, up to another."""
    values = {"unit": unit, "since": since, "until": until}
    return bool((await execute(session, text(CHANGES), values)).scalar_one())
