"""Places of the facts of a measure, as SQL: each on the map that is meant."""

from typing import Any

from sqlalchemy import CTE, Date, Select, bindparam, cast, select
from sqlalchemy.orm import aliased

from app.db.base import PLACE
from app.db.tables.unit_places import UnitPlace
from app.domain.figures.columns import lies_on
from app.domain.figures.facts import find_facts
from app.domain.figures.form import Form


def list_facts(form: Form, *, again: bool = False) -> CTE:
    """List the facts that count: one row a fact, a period and a host, with its place.

    Those that a statement reads again are materialised; others are read as they are found.
    """
    placed = place(form, find_facts(form)).cte("placed")
    return placed.prefix_with("MATERIALIZED") if again or is_dear(form) else placed


def is_dear(form: Form) -> bool:
    """Return whether values are looked up one by one, which each sum of them would do again."""
    return form.measure.value_on is not None


def place(form: Form, fact: CTE) -> Select[Any]:
    """Add where facts lie; keep those that lie in the unit, each on the map that is meant."""
    here: Any = aliased(UnitPlace)
    day: Any = fact.c.day if form.as_recorded else cast(bindparam("boundary"), Date)
    places = [getattr(here, name) for name in PLACE]
    found = (
        select(*fact.c, *places)
        .select_from(fact)
        .outerjoin(here, lies_on(here, fact.c.unit_id, day))
    )
    if form.level is None:
        return found
    column = f"{form.level}_id"
    if not form.apart:
        return found.where(getattr(here, column) == bindparam("unit"))
    there: Any = aliased(UnitPlace)
    on = cast(bindparam("unit_day"), Date)
    return found.join(there, lies_on(there, fact.c.unit_id, on)).where(
        getattr(there, column) == bindparam("unit")
    )
