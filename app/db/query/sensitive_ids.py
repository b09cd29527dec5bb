"""The ids of the sensitive rows that a query reads, as columns beside the JSON.

They are what the audit writes down: the JSON is sent as PostgreSQL made it, and parsed by nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, cast, func, literal_column, null, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.db.aliases import alias_table
from app.db.bounded_cache import MIB, cache_within
from app.db.query.compiler import QueryCompiler, as_object
from app.db.query.pagination import Page
from app.db.query.selection import AnyQuery, Query, SelectedField, estimate_bytes
from app.db.query.shape import Link, Row, Shape, Test

ANSWER = "answer"
BETWEEN: ColumnElement[Any] = literal_column(
    "','"
)  # ids of sensitive rows are UUIDs: no comma is in them
NONE: ColumnElement[Any] = literal_column("''")
Ids = ColumnElement[Any]  # several as one text, which aggregates; NULL where there are none


@cache_within(MIB, lambda key, found: estimate_bytes(key))
def sensitive_shapes(question: AnyQuery) -> tuple[Shape, ...]:
    """List the sensitive shapes that a question reads, however deep."""
    reads = (question,) if isinstance(question, Query) else question.reads
    found = [shape for read in reads for shape in _list_shapes(read.shape, read.picks)]
    return tuple(dict.fromkeys(shape for shape in found if shape.sensitive))


def one_with_ids(writer: QueryCompiler, sensitive: tuple[Shape, ...]) -> Select[Any]:
    """The one row that is named as JSON, and its ids of each sensitive shape."""
    shape, picks = writer.read.shape, writer.read.picks
    row: Row = alias_table(shape.table)
    item = as_object(select(*writer.columns(shape, row, picks)).correlate(row))
    ids = [collect_ids(writer, shape, row, picks, of) for of in sensitive]
    return writer.select_by_id(row, [item.label(ANSWER), *label_ids(ids)])


def page_with_ids(writer: QueryCompiler, sensitive: tuple[Shape, ...]) -> Select[Any]:
    """One page as JSON, and its ids of each sensitive shape."""
    made = _Page(writer, alias_table(writer.read.shape.table), sensitive)
    whole = made.whole()
    answer = as_object(select(*made.parts(whole)).correlate(whole)).label(ANSWER)
    columns = made.columns()
    ids = [join_ids([whole.c[key] for key, of, _ in columns if of is one]) for one in sensitive]
    return select(answer, *label_ids(ids)).select_from(whole)


@dataclass(frozen=True, slots=True)
class _Page(Page):
    sensitive: tuple[Shape, ...]

    def more_of_row(self, item: Row, shown: Test) -> list[ColumnElement[Any]]:
        return [
            case((shown, self._collect(item, of, pick))).label(key)
            for key, of, pick in self.columns()
        ]

    def more_of_page(self, rows: Any) -> list[ColumnElement[Any]]:
        order = rows.c["nr!"].desc() if self.writer.read.backward else rows.c["nr!"]
        by_row = aggregate_order_by(BETWEEN, order)
        return [func.string_agg(rows.c[key], by_row).label(key) for key, _, _ in self.columns()]

    def columns(self) -> list[tuple[str, Shape, SelectedField]]:
        """A column of ids for each sensitive shape and list, and what it is made of."""
        pairs = product(self.sensitive, self.lists())
        return [(f"ids!{n}", of, pick) for n, (of, (_, pick)) in enumerate(pairs)]

    def _collect(self, item: Row, of: Shape, pick: SelectedField) -> Ids:
        nodes = [pick] if pick.name == "nodes" else [p for p in pick.picks if p.name == "node"]
        shape = self.writer.read.shape
        return join_ids([collect_ids(self.writer, shape, item, n.picks, of) for n in nodes])


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
    other: Row = alias_table(link.to().table)
    ids = collect_ids(writer, link.to(), other, pick.picks, of).label("ids")
    rows = writer.link_rows(link, row, other, pick, [ids]).subquery("linked")
    return select(func.string_agg(rows.c.ids, BETWEEN)).scalar_subquery()


def join_ids(parts: Sequence[Ids]) -> Ids:
    if len(parts) < 2:
        return parts[0] if parts else null()
    return func.nullif(func.concat_ws(BETWEEN, *parts), NONE)


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
