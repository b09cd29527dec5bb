"""The statements of a trace: the records of a figure that a caller may read, page by page."""

from functools import cache
from typing import Any

from sqlalchemy import CTE, Select, Uuid, bindparam, cast, distinct, func, null, select
from sqlalchemy import literal_column as sql
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from app.domain.actor import Level
from app.domain.figures.form import Form
from app.domain.figures.placed_facts import list_facts
from app.domain.figures.sums import once_of

ACTOR_UNIT = "actor_unit"


@cache
def build_page(form: Form, level: Level) -> Any:
    """Build the statement of a page of records, in the order in which they were entered."""
    placed, after = list_facts(form), cast(bindparam("after"), Uuid)
    seen = _read(form, placed, level).where(after.is_(None) | (placed.c.fact > after))
    return seen.ext(distinct_on(placed.c.fact)).order_by(placed.c.fact).limit(bindparam("limit"))


@cache
def build_count(form: Form, level: Level) -> Any:
    """Build the statement of the number of records that the caller may read."""
    rows = _read(form, list_facts(form), level).subquery()
    return select(func.count(distinct(rows.c.fact)))


def _read(form: Form, placed: CTE, level: Level) -> Select[Any]:
    shape = form.measure.shape
    record: Any = aliased(shape.table)
    assert shape.scope is not None, f"{shape.name} has no scope of its own"
    visible: Any = select(sql("1")).where(
        record.id == placed.c.id, shape.scope[level](record, bindparam(ACTOR_UNIT))
    )
    unit = cast(null(), Uuid) if form.measure.hosts else placed.c.unit_id
    return select(
        placed.c.fact, placed.c.id, unit.label("unit_id"), placed.c.day, placed.c.value,
        placed.c.qualifier,
        placed.c.delta, once_of(form, placed).label("once"),
    ).where(placed.c.n == sql("1"), visible.correlate(placed).exists())  # fmt: skip


__all__ = ["ACTOR_UNIT", "build_count", "build_page"]
