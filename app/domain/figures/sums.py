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
    func,
    null,
    select,
    union_all,
)
from sqlalchemy import literal_column as sql

from app.domain.figures.country_sums import add_units, build_country_sums, can_count_alone
from app.domain.figures.form import Form
from app.domain.figures.placed_facts import list_facts, place
from app.domain.figures.totals import add_facts, add_parts

COMMUNE, VILLAGE = "commune", "village"  # places that are counted once each


@cache
def build_sums(form: Form) -> Any:
    """Build the statement of the sums: one row a period and a cell; the whole has no cell."""
    if can_count_alone(form):
        return build_country_sums(form)
    several = form.measure.hosts is not None or form.distinct is not None
    source = list_facts(form, again=several) if several else _add_communes(form)
    build = _add_once if several else _add_parts
    whole = build(form, source, split=False)
    return union_all(whole, build(form, source, split=True)) if form.by else whole


def key_of(form: Form, placed: CTE) -> ColumnElement[Any]:
    """Return the cell of a fact: a unit by its id, or the value of a dimension."""
    if form.by_place:
        return cast(getattr(placed.c, f"{form.by}_id"), Text)
    return cast(placed.c.key, Text)


def once_of(form: Form, placed: CTE) -> ColumnElement[Any]:
    """Return what is counted once each: a place, or a property of the fact."""
    if form.distinct == COMMUNE:
        return cast(placed.c.commune_id, Text)
    if form.distinct == VILLAGE:
        return cast(case((placed.c.village_id.is_not(None), placed.c.unit_id)), Text)
    return cast(placed.c.once, Text)


def _add_communes(form: Form) -> CTE:
    """Add the facts of each commune up, of which there are few: all else is made of these."""
    if form.level is None:
        placed = place(form, add_units(form)).cte("placed")
        sums = add_parts(placed)
    else:
        placed = list_facts(form)
        sums = add_facts(form.measure, placed)
    key = key_of(form, placed) if form.by else cast(null(), Text)
    of = [placed.c.n, *([key] if form.by else []), placed.c.commune_id]
    found = select(placed.c.n, key.label("key"), placed.c.commune_id, *sums)
    return found.group_by(*of).cte("part")


def _add_parts(form: Form, parts: CTE, *, split: bool) -> Select[Any]:
    communes = cast(null(), Integer) if split else func.count(parts.c.commune_id.distinct())
    return select(
        parts.c.n, sql("true" if split else "false").label("split"),
        (parts.c.key if split else cast(null(), Text)).label("key"), *add_parts(parts),
        communes.label("communes"),
    ).group_by(parts.c.n, *([parts.c.key] if split else []))  # fmt: skip


def _add_once(form: Form, placed: CTE, *, split: bool) -> Select[Any]:
    """Add facts up that may lie in several units: each counts once in the whole and in a cell."""
    facts = _pick_facts(form, placed, split=split)
    cells = [facts.c.n, facts.c.key] if split else [facts.c.n]
    communes = cast(null(), Integer) if split else _count_communes(placed, facts)
    found = select(
        facts.c.n, sql("true" if split else "false").label("split"),
        (facts.c.key if split else cast(null(), Text)).label("key"),
        *add_facts(form.measure, facts), communes.label("communes"),
    ).group_by(*cells)  # fmt: skip
    return _count_once(form, placed, found, split=split) if form.distinct else found


def _pick_facts(form: Form, placed: CTE, *, split: bool) -> Any:
    key = key_of(form, placed) if split else cast(null(), Text)
    of = [placed.c.n, placed.c.fact, *([key] if split else [])]
    names = ("value", "qualifier")
    kept = [func.min(placed.c[name]).label(name) for name in names]
    return (
        select(placed.c.n, placed.c.fact, key.label("key"), *kept,
               func.bool_or(placed.c.delta).label("delta"))
        .group_by(*of)
        .subquery()
    )  # fmt: skip


def _count_communes(placed: CTE, facts: Any) -> ColumnElement[Any]:
    """Count the communes that have facts in a period."""
    here = select(placed.c.commune_id).where(placed.c.n == facts.c.n).correlate(facts).distinct()
    rows = here.lateral()
    return select(func.count(rows.c.commune_id)).scalar_subquery()


def _count_once(form: Form, placed: CTE, sums: Select[Any], *, split: bool) -> Select[Any]:
    """Take the number of different properties of the facts for their value."""
    key = key_of(form, placed) if split else cast(null(), Text)
    each = select(placed.c.n, key.label("key"), once_of(form, placed).label("once"))
    each_once = each.where(~placed.c.delta).distinct().subquery()
    counted = (
        select(each_once.c.n, each_once.c.key, func.count(each_once.c.once).label("value"))
        .group_by(each_once.c.n, each_once.c.key)
        .subquery()
    )
    rows = sums.subquery()
    none: Any = sql("''")
    same = func.coalesce(rows.c.key, none) == func.coalesce(counted.c.key, none)
    return select(
        *(func.coalesce(counted.c.value, sql("0")).label("value") if c.name == "value" else c
          for c in rows.c)
    ).select_from(rows.outerjoin(counted, (rows.c.n == counted.c.n) & same))  # fmt: skip
