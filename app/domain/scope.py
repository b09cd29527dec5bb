"""The scopes: the rows that an actor of each level may see."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Uuid, bindparam, func, or_, select, true

from app.db.query.shape import Row
from app.db.tables.units import Unit
from app.domain.actor import Actor, Level

UNIT = bindparam("unit", type_=Uuid())  # of the actor, in fixed queries
Scope = Mapping[str, Callable[[Row, Any], ColumnElement[bool]]]

EVERYBODY: Scope = {level: lambda row, unit: true() for level in Level}

BY_PLACE: Scope = {
    Level.NATIONAL: lambda row, unit: true(),
    Level.PROVINCE: lambda row, unit: row.province_id == unit,
    Level.DISTRICT: lambda row, unit: row.district_id == unit,
    Level.COMMUNE: lambda row, unit: row.commune_id == unit,
    Level.VILLAGE: lambda row, unit: row.village_id == unit,
}


def _by_unit(level: Level) -> Any:
    def test(row: Row, unit: Any) -> ColumnElement[bool]:
        units: Any = Unit
        return row.unit_id.in_(select(units.id).where(BY_PLACE[level](units, unit)))  # type: ignore[no-any-return]

    return test


BY_UNIT: Scope = {level: _by_unit(level) for level in Level}  # rows that have no place of their own


def in_scope(row: Row, actor: Actor) -> ColumnElement[bool]:
    """Test for rows that lie, on today's map, in the actor's own unit."""
    return BY_PLACE[actor.level](row, actor.unit_id)


def lies_in(row: Row, level: Level) -> ColumnElement[bool]:
    """Test for rows that lie in the unit that a fixed query will be given, of this level."""
    return BY_PLACE[level](row, UNIT)


def lies_in_or_above(row: Row, level: Level) -> ColumnElement[bool]:
    """Test for such rows, and those of the units above that unit today."""
    above = select(func.unit_ancestors(UNIT, "administrative", func.today()))
    return or_(lies_in(row, level), row.unit_id.in_(above))
