"""The columns of sums: facts become parts, and parts become totals."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Integer, Numeric, case, cast, func, null
from sqlalchemy import literal_column as sql

from app.db.tables.stated_figures import Qualifier
from app.domain.records.measures import Measure

BITS = {one: 1 << at for at, one in enumerate(Qualifier)}  # of a mask of qualifiers
NONE: Any = sql("0")


def add_facts(measure: Measure, rows: Any) -> list[ColumnElement[Any]]:
    """Add facts up; only what their measure can have is looked at."""
    level = ~rows.c.delta if measure.delta_only else None
    counts, value = _count(level), _filter(func.sum(rows.c.value), level)
    known = measure.value is not None or measure.value_on is not None
    missing = rows.c.value.is_(None)
    return [
        (value if known else counts).label("value"),
        (value if measure.id is None else counts).label("facts"),
        (_count(missing if level is None else level & missing) if known else NONE).label("unknown"),
        _mask(measure, rows, level).label("mask"),
        (func.sum(rows.c.value).filter(rows.c.delta) if measure.delta_only
         else cast(null(), Numeric)).label("change"),
        (_count(rows.c.delta) if measure.delta_only else NONE).label("changes"),
    ]  # fmt: skip


def add_parts(parts: Any) -> list[ColumnElement[Any]]:
    """Add parts up that were added up themselves."""
    names = ("value", "facts", "unknown", "change", "changes")
    sums = {name: func.sum(parts.c[name]) for name in names}
    mask = func.bit_or(parts.c.mask)
    return [sums[name].label(name) for name in names[:3]] + [
        mask.label("mask"), sums["change"].label("change"), sums["changes"].label("changes")
    ]  # fmt: skip


def read_mask(mask: int | None) -> Collection[str]:
    """Return the qualifiers of a mask."""
    return [one for one, bit in BITS.items() if (mask or 0) & bit]


def _filter(total: Any, test: Any) -> ColumnElement[Any]:
    filtered: ColumnElement[Any] = total if test is None else total.filter(test)
    return filtered


def _count(test: Any) -> ColumnElement[Any]:
    return _filter(func.count(), test)


def _mask(measure: Measure, rows: Any, level: Any) -> ColumnElement[Any]:
    if measure.qualifier is None:
        return cast(null(), Integer)
    bits: dict[Any, Any] = {sql(f"'{one}'"): sql(str(bit)) for one, bit in BITS.items()}
    return _filter(func.bit_or(case(bits, value=rows.c.qualifier)), level)
