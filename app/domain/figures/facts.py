"""The facts of a measure as SQL: which records count, when, with what value, and where they lie."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Date,
    Integer,
    Numeric,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    column,
    false,
    func,
    literal_column,
    null,
    select,
)
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import Grouping

from app.db.base import PLACE
from app.db.tables.unit_places import UnitPlace
from app.domain.figures.columns import find_column, lies_on
from app.domain.figures.form import Form
from app.domain.records.measures import Happens, Measure

DAYS = ("first", "last", "at")  # of a period; `at` is the last day that is not in the future


def list_facts(form: Form) -> CTE:
    """List the facts that count: one row a fact, a period and a host, with its place."""
    measure = form.measure
    row: Any = aliased(measure.facts)
    period = _periods(form)
    day, counts = _date(measure, row, period)
    host: Any = aliased(measure.hosts.table) if measure.hosts else None
    unit = measure.hosts.unit(host) if measure.hosts else measure.unit(row)
    found = select(
        period.c.n, _fact(measure, row).label("fact"), _id(measure, row).label("id"),
        day.label("day"), unit.label("unit_id"),
        _value(measure, row, day).label("value"), _qualifier(measure, row).label("qualifier"),
        _delta(measure, row).label("delta"), _key(form, row, unit, day).label("key"),
        _once(form, row).label("once"),
    ).select_from(period).join(row, counts)  # fmt: skip
    if measure.hosts:
        found = found.join(host, measure.hosts.on(host, row))
    found = found.where(*measure.counts(row), *_narrow(form, row, unit, day))
    return _place(form, found.cte("fact")).cte("placed").prefix_with("MATERIALIZED")


def _periods(form: Form) -> Any:
    """List the periods; of one alone the days are constants, so that plans know how many count."""
    given: list[Any] = [cast(bindparam(name), ARRAY(Date)) for name in DAYS]
    if form.single:
        first: Any = literal_column("1", Integer)
        one = [Grouping(days)[first].label(name) for name, days in zip(DAYS, given, strict=True)]
        return select(first.label("n"), *one).subquery("period")
    columns = [column(name, Date) for name in DAYS]
    made = func.unnest(*given).table_valued(*columns, with_ordinality="n", name="period")
    return made.render_derived()


def _date(measure: Measure, row: Any, period: Any) -> tuple[ColumnElement[Any], Any]:
    """Return the day of a fact, and the test that it counts in a period."""
    if isinstance(measure.dated, Happens):
        day = measure.dated.day(row)
        return day, day.between(period.c.first, period.c.last)
    return period.c.at, measure.dated.on(row, period.c.at)


def _id(measure: Measure, row: Any) -> ColumnElement[Any]:
    return measure.id(row) if measure.id else cast(null(), Uuid)


def _fact(measure: Measure, row: Any) -> ColumnElement[Any]:
    """Return the row that counts: a record may have several, each of which counts."""
    return row.id if measure.id else cast(null(), Uuid)


def _value(measure: Measure, row: Any, day: Any) -> ColumnElement[Any]:
    if measure.value_on:
        return cast(measure.value_on(row, day), Numeric)
    return cast(measure.value(row), Numeric) if measure.value else literal_column("1", Numeric)


def _qualifier(measure: Measure, row: Any) -> ColumnElement[Any]:
    return cast(measure.qualifier(row) if measure.qualifier else null(), Text)


def _delta(measure: Measure, row: Any) -> ColumnElement[Any]:
    return measure.delta_only(row) if measure.delta_only else false()


def _once(form: Form, row: Any) -> ColumnElement[Any]:
    counted = form.measure.distinct.get(form.distinct or "")
    return cast(counted(row) if counted else null(), Text)


def _key(form: Form, row: Any, unit: Any, day: Any) -> ColumnElement[Any]:
    plain = form.by is None or form.by_place
    return cast(null() if plain else find_column(form, str(form.by), row, unit, day), Text)


def _narrow(form: Form, row: Any, unit: Any, day: Any) -> list[Any]:
    return [
        cast(find_column(form, name, row, unit, day), Text)
        == any_(cast(bindparam(f"in_{name}"), ARRAY(Text)))
        for name in form.filters
    ]


def _place(form: Form, fact: CTE) -> Select[Any]:
    """Add where a fact lies; keep those that lie in the unit, each on the map that is meant."""
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
    column_ = f"{form.level}_id"
    if not form.apart:
        return found.where(getattr(here, column_) == bindparam("unit"))
    there: Any = aliased(UnitPlace)
    on = cast(bindparam("unit_day"), Date)
    return found.join(there, lies_on(there, fact.c.unit_id, on)).where(
        getattr(there, column_) == bindparam("unit")
    )
