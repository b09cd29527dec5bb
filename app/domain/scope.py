"""The scopes: the rows that an actor of each level may see."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, select, true

from app.db.query.shape import Row
from app.db.tables.units import Unit
from app.domain.actor import Actor, Level

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
