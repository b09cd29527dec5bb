"""The statements that add facts up: the whole of each period, and its cells."""

from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    Text,
    case,
    cast,
    distinct,
    func,
    literal_column,
    null,
    select,
    union_all,
)

from app.db.tables.stated_figures import Qualifier
from app.domain.figures.facts import list_facts
from app.domain.figures.form import Form

EXACT = Qualifier.EQUAL
COMMUNE, VILLAGE = "commune", "village"  # places that are counted once each


@cache
def build_sums(form: Form) -> Any:
    """Build the statement of the sums: one row a period and a cell; the whole has no cell."""
    placed = list_facts(form)
    whole = _add_up(form, placed, split=False)
    if form.by is None:
        return whole
    return union_all(whole, _add_up(form, placed, split=True))


def key_of(form: Form, placed: CTE) -> ColumnElement[Any]:
    """Return the cell of a fact: a unit by its id, or the value of a dimension."""
    if form.by_place:
        return cast(getattr(placed.c, f"{form.by}_id"), Text)
    return cast(placed.c.key, Text)


def _add_up(form: Form, placed: CTE, *, split: bool) -> Select[Any]:
    rows: Any = _pick(form, placed, split=split).subquery()
    key = rows.c.key if split else cast(null(), Text)
    communes = cast(null(), Integer) if split else _communes(placed, rows)
    found = select(
        rows.c.n, literal_column("true" if split else "false").label("split"), key.label("key"),
        *_sums(form, rows), communes.label("communes"),
    )  # fmt: skip
    return found.group_by(rows.c.n, *([rows.c.key] if split else []))


def _pick(form: Form, placed: CTE, *, split: bool) -> Select[Any]:
    """Pick the rows of a sum; a fact with several hosts counts once in the whole and in a cell."""
    key = key_of(form, placed) if split else cast(null(), Text)
    columns = [placed.c.n, placed.c.fact, placed.c.value, placed.c.qualifier, placed.c.delta]
    found = select(*columns, key.label("key"), once_of(form, placed).label("once"))
    return found.distinct() if form.measure.hosts else found


def once_of(form: Form, placed: CTE) -> ColumnElement[Any]:
    """Return what is counted once each: a place, or a property of the fact."""
    if form.distinct == COMMUNE:
        return cast(placed.c.commune_id, Text)
    if form.distinct == VILLAGE:
        return cast(case((placed.c.village_id.is_not(None), placed.c.unit_id)), Text)
    return cast(placed.c.once, Text)


def _communes(placed: CTE, rows: Any) -> ColumnElement[Any]:
    """Count the communes that have facts in a period."""
    known = select(func.count(distinct(placed.c.commune_id))).where(placed.c.n == rows.c.n)
    return known.correlate(rows).scalar_subquery()


def _count_facts(form: Form, rows: Any, level: Any) -> ColumnElement[Any]:
    """Count facts; rows that are counts themselves stand for as many."""
    if form.measure.id is None:
        return func.coalesce(func.sum(rows.c.value).filter(level), literal_column("0"))
    return func.count(distinct(rows.c.fact)).filter(level)


def _sums(form: Form, rows: Any) -> list[ColumnElement[Any]]:
    level = ~rows.c.delta
    exact = func.coalesce(rows.c.qualifier, literal_column(f"'{EXACT}'"))
    value: Any = func.coalesce(func.sum(rows.c.value).filter(level), literal_column("0"))
    if form.distinct:
        value = func.count(distinct(rows.c.once)).filter(level)
    return [
        value.label("value"),
        _count_facts(form, rows, level).label("facts"),
        func.count().filter(level & rows.c.value.is_(None)).label("unknown"),
        func.coalesce(func.array_agg(distinct(exact)).filter(level), literal_column("'{}'")).label(
            "qualifiers"
        ),
        func.sum(rows.c.value).filter(rows.c.delta).label("change"),
        func.count().filter(rows.c.delta).label("changes"),
    ]
