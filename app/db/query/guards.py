"""Guards: a filter or an order on a field asks what the field itself asks.

An actor who may not read a field learns nothing of it by filtering or sorting by its column.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam, literal
from sqlalchemy.sql import visitors

from app.db.aliases import alias_table
from app.db.query.shape import Field, Filter, Params, Row, Shape


class _AnyParams(dict[str, Any]):
    """Terms of a query whose values do not matter."""

    def __missing__(self, name: str) -> Any:
        return bindparam(name)


@lru_cache(maxsize=1024)
def list_guarded(shape: Shape, filters: tuple[str, ...], order: str) -> tuple[Field, ...]:
    """Return the fields of restricted visibility that these filters and this order read."""
    row: Row = alias_table(shape.table)
    parts = _expressions(shape, row, filters, order)
    read = {column for part in parts for column in _of(row, part)}
    fields = restricted_fields(shape)
    return tuple(field for field in fields if read & set(_of(row, field.sql(row))))


def restricted_fields(shape: Shape) -> list[Field]:
    """Return the fields that not every reader of the rows sees."""
    fields = shape.fields.values()
    return [one for one in fields if one.seen or one.needs not in (None, shape.needs)]


def _expressions(
    shape: Shape, row: Row, filters: tuple[str, ...], order: str
) -> Iterator[ColumnElement[Any]]:
    for name in filters:
        yield _condition(shape.filters[name], row)
    yield from shape.orders[order or shape.default_order].key(row)


def _condition(filter: Filter, row: Row) -> ColumnElement[Any]:
    given: Params = _AnyParams()
    return filter.sql(row) if filter.sql else filter.apply(row, "eq", literal(None), given)


def _of(row: Row, part: Any) -> Iterator[str]:
    """Yield the columns of a row that an expression reads."""
    alias = row.__clause_element__()
    for one in visitors.iterate(part):
        if getattr(one, "table", None) is alias:
            yield str(getattr(one, "key", ""))
