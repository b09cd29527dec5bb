"""The facts of a measure as SQL: which records count, when, and with what value."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    CTE,
    ColumnElement,
    Date,
    Integer,
    Numeric,
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

from app.domain.figures.columns import find_column
from app.domain.figures.form import Form
from app.domain.records.measures import Happens, Measure

DAYS = ("first", "last", "at")  # of a period; `at` is the last day that is not in the future


def find_facts(form: Form, *, hosted: bool = True, name: str = "fact") -> CTE:
    """Find the facts that count: one row a fact, a period and a host; or once each, without."""
    measure = form.measure
    row: Any = aliased(measure.facts)
    period = _periods(form)
    day, counts = _date(measure, row, period)
    hosts = measure.hosts if hosted else None
    host: Any = aliased(hosts.table) if hosts else None
    unit: Any = hosts.unit(host) if hosts else measure.unit(row) if hosted else cast(null(), Uuid)
    found = select(
        period.c.n, _fact(measure, row).label("fact"), _id(measure, row).label("id"),
        day.label("day"), unit.label("unit_id"),
        _value(measure, row, day).label("value"), _qualifier(measure, row).label("qualifier"),
        _delta(measure, row).label("delta"), _key(form, row, unit, day).label("key"),
        _once(form, row).label("once"),
    ).select_from(period).join(row, counts)  # fmt: skip
    if hosts:
        found = found.join(host, hosts.on(host, row))
        if hosts.day:  # the same, by an index of the places
            found = found.where(hosts.day(host).between(period.c.first, period.c.last))
    return found.where(*measure.counts(row), *_narrow(form, row, unit, day)).cte(name)


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
