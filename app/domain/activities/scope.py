"""Scope of activities: each unit that takes part sees the whole of it, its lead changes it."""

from typing import Any

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import aliased

from app.db.query.shape import Params, Row, Test
from app.db.tables.activities import ActivityUnit
from app.domain.actor import Level
from app.domain.scope import Scope


def _visible_from(level: Level) -> Any:
    def test(activity: Row, unit: Any) -> ColumnElement[bool]:
        if level is Level.NATIONAL:
            return true()
        place: Row = aliased(ActivityUnit)
        there = select(place.activity_id).where(getattr(place, f"{level}_id") == unit)
        return activity.id.in_(there)  # type: ignore[no-any-return]

    return test


VISIBLE: Scope = {level: _visible_from(level) for level in Level}


def within(activity: Row, wanted: Any, given: Params) -> Test:
    """Test for activities in a unit on today's map, or entered for a unit below it on the day."""
    place: Row = aliased(ActivityUnit)
    unit = func.unit_ref(wanted, given["as_of"])
    below = select(func.unit_descendants(unit, "administrative", given["as_of"]))
    columns = (place.province_id, place.district_id, place.commune_id, place.village_id)
    there = (select(place.activity_id).where(column == unit) for column in columns)
    entered = select(place.activity_id).where(place.unit_id.in_(below))
    return activity.id.in_(entered.union(*there))  # type: ignore[no-any-return]
