"""The ids of the sensitive rows that a query reads, as columns beside the JSON.

They are what the audit writes down: the JSON is sent as PostgreSQL made it, and parsed by nobody.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, literal_column, null, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import aliased

from app.db.query.compiler import QueryCompiler, as_object
from app.db.query.selection import AnyQuery, Query, SelectedField
from app.db.query.shape import Link, Row, Shape

ANSWER = "answer"
BETWEEN: ColumnElement[Any] = literal_column(
    "','"
)  # ids of sensitive rows are UUIDs: no comma is in them
NONE: ColumnElement[Any] = literal_column("''")
Ids = ColumnElement[Any]  # several as one text, which aggregates; NULL where there are none


@lru_cache(maxsize=1024)
def sensitive_shapes(question: AnyQuery) -> tuple[Shape, ...]:
    """List the sensitive shapes that a question reads, however deep."""
    reads = (question,) if isinstance(question, Query) else question.reads
    found = [shape for read in reads for shape in _list_shapes(read.shape, read.picks)]
    return tuple(dict.fromkeys(shape for shape in found if shape.sensitive))


def one_with_ids(writer: QueryCompiler, sensitive: Sequence[Shape]) -> Select[Any]:
    """The one row that is named as JSON, and its ids of each sensitive shape."""
    shape, picks = writer.read.shape, writer.read.picks
    row: Row = aliased(shape.table)
    item = as_object(select(*writer.columns(shape, row, picks)).correlate(row))
    ids = [collect_ids(writer, shape, row, picks, of) for of in sensitive]
    return writer.identified(row, [item.label(ANSWER), *label_ids(ids)])


def collect_ids(
    writer: QueryCompiler, shape: Shape, row: Row, picks: tuple[SelectedField, ...], of: Shape
) -> Ids:
    """The ids of the rows of one shape that a row of the answer is, and then of those it holds."""
    found: list[Ids] = [cast(shape.fields["id"].sql(row), Text)] if shape is of else []
    for pick in picks:
        link = shape.links.get(pick.name)
        if link and of in _list_shapes(link.to(), pick.picks):
            found.append(_collect_linked(writer, link, row, pick, of))
    return join_ids(found)


def _collect_linked(
    writer: QueryCompiler, link: Link, row: Row, pick: SelectedField, of: Shape
) -> Ids:
    """Read once more what a link leads to: in one snapshot and a unique order, the same rows."""
    other: Row = aliased(link.to().table)
    ids = collect_ids(writer, link.to(), other, pick.picks, of).label("ids")
    rows = writer.link_rows(link, row, other, pick, [ids]).subquery("linked")
    return select(func.string_agg(rows.c.ids, BETWEEN)).scalar_subquery()


def join_ids(parts: Sequence[Ids]) -> Ids:
    if len(parts) < 2:
        return parts[0] if parts else null()
    return func.nullif(func.concat_ws(BETWEEN, *parts), NONE)


def gather_ids(ids: Ids, order: ColumnElement[Any]) -> Ids:
    """The ids of many rows, in an order of the rows."""
    return func.string_agg(ids, aggregate_order_by(BETWEEN, order))


def label_ids(ids: Sequence[Ids]) -> list[ColumnElement[Any]]:
    return [some.label(f"ids_{n}") for n, some in enumerate(ids)]


def as_array(ids: Ids) -> ColumnElement[Any]:
    return func.string_to_array(func.coalesce(ids, NONE), BETWEEN)


def _list_shapes(shape: Shape, picks: tuple[SelectedField, ...]) -> list[Shape]:
    found = [shape]
    for pick in picks:
        link = shape.links.get(pick.name)
        found += _list_shapes(link.to() if link else shape, pick.picks)
    return found
