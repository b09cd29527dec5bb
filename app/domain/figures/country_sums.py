"""Sums of the whole country: facts are added up first, and then it is looked where they lie."""

from typing import Any

from sqlalchemy import CTE, Date, Integer, Select, Text, cast, func, null, select, union_all
from sqlalchemy import literal_column as sql

from app.domain.figures.facts import find_facts
from app.domain.figures.form import UNIT_KIND, Form
from app.domain.figures.placed_facts import is_dear, place
from app.domain.figures.totals import add_facts


def add_units(form: Form) -> CTE:
    """Add the facts of each unit up before it is looked where they lie."""
    fact = _materialise(form, find_facts(form))
    of = [fact.c.n, fact.c.unit_id]
    day: Any = cast(null(), Date).label("day")
    if form.as_recorded:
        day, of = fact.c.day, [*of, fact.c.day]
    key: Any = cast(null(), Text).label("key")
    if form.by and not form.by_place:
        key, of = fact.c.key, [*of, fact.c.key]
    sums = add_facts(form.measure, fact)
    return select(fact.c.n, fact.c.unit_id, day, key, *sums).group_by(*of).cte("home")


def can_count_alone(form: Form) -> bool:
    """Return whether facts of several units can be counted without these: each has one at least."""
    by_unit = form.by_place or UNIT_KIND in (form.by, *form.filters)
    return bool(form.measure.hosts and not (form.level or form.distinct or by_unit))


def build_country_sums(form: Form) -> Any:
    """Build the statement of the sums of facts that may lie in several units."""
    fact = _materialise(form, find_facts(form, hosted=False))
    whole = _add_up(form, fact, split=False)
    return union_all(whole, _add_up(form, fact, split=True)) if form.by else whole


def _materialise(form: Form, fact: CTE) -> CTE:
    return fact.prefix_with("MATERIALIZED") if is_dear(form) else fact


def _add_up(form: Form, fact: CTE, *, split: bool) -> Select[Any]:
    key = fact.c.key if split else cast(null(), Text)
    found = select(
        fact.c.n, sql("true" if split else "false").label("split"), key.label("key"),
        *add_facts(form.measure, fact),
    ).group_by(fact.c.n, *([fact.c.key] if split else []))  # fmt: skip
    if split:
        return found.add_columns(cast(null(), Integer).label("communes"))
    sums, communes = found.subquery(), _count_communes(form)
    return select(*sums.c, communes.c.communes).select_from(
        sums.outerjoin(communes, communes.c.n == sums.c.n)
    )


def _count_communes(form: Form) -> Any:
    """Count the communes that have facts, by the units of these."""
    hosted = find_facts(form, name="hosted")
    days = [hosted.c.day] if form.as_recorded else []
    homes = select(hosted.c.n, hosted.c.unit_id, *days).distinct().cte("home")
    placed = place(form, homes).subquery()
    return (
        select(placed.c.n, func.count(placed.c.commune_id.distinct()).label("communes"))
        .group_by(placed.c.n)
        .subquery()
    )
