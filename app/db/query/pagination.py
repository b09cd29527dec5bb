"""Compile one page of a shape: rows, cursors, whether more follow, total count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    func,
    literal_column,
    or_,
    select,
    text,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app.db.aliases import alias_table
from app.db.query.compiler import QueryCompiler, aggregate_json, as_object, as_text
from app.db.query.cursor import cursor, kinds_of
from app.db.query.selection import SelectedField
from app.db.query.shape import Row, Test

MAX_COUNTED = 100_000


def compile_page(writer: QueryCompiler) -> ColumnElement[Any]:
    """Compile one page as a JSON object; one more row is read to see whether others follow."""
    made = Page(writer, alias_table(writer.read.shape.table))
    whole = made.whole()
    return as_object(select(*made.parts(whole)).select_from(whole))


@dataclass(frozen=True, slots=True)
class Page:
    """The SQL of one page; what is more to be read of its rows, a subclass adds."""

    writer: QueryCompiler
    row: Row

    def more_of_row(self, item: Row, shown: Test) -> list[ColumnElement[Any]]:
        """Columns beside those of the answer, of each row."""
        return []

    def more_of_page(self, rows: Any) -> list[ColumnElement[Any]]:
        """Aggregate these columns over the whole page."""
        return []

    def parts(self, whole: Any) -> list[ColumnElement[Any]]:
        """Return the requested parts of the page, a column each."""
        known = self._exact_count(whole)
        name = self.writer.read.shape.name

        def part(pick: SelectedField, of: str) -> ColumnElement[Any]:
            if pick.name == "__typename":
                return as_text(of)
            if pick.name == "page_info":
                inner = (part(p, "PageInfo").label(p.key) for p in pick.picks)
                return as_object(select(*inner).correlate(whole))
            return known[pick.name] if pick.name in known else whole.c[pick.key]

        picks = self.writer.read.picks
        return [part(pick, f"{name}Connection").label(pick.key) for pick in picks]

    def _rows(self) -> Any:
        """Select each row of the page as JSON, its number, and the first and last cursor."""
        shape, first = self.writer.read.shape, self.writer.bound("first")
        found = self._found_rows().limit(first + 1).subquery("page")
        item: Row = alias_table(shape.table, found)
        nr = found.c["nr!"]
        shown, place = nr <= first, self._place(item)
        last = or_(nr == first, and_(shown, func.lead(nr).over(order_by=nr).is_(None)))
        marks = {"first!": nr == 1, "last!": last} if self._needed_cursors() else {}
        return select(
            nr,
            shown.label("shown!"),
            *(case((here, place)).label(mark) for mark, here in marks.items()),
            *(case((shown, self._item(item, found, p, place))).label(k) for k, p in self.lists()),
            *self.more_of_row(item, shown),
        ).subquery("rows")

    def _found_rows(self) -> Any:
        order = self._order(self.row)
        number = func.row_number().over(order_by=order).label("nr!")
        found = select(self.row, number).where(
            *self.writer.list_conditions(self.row), *self._beyond()
        )
        return found.order_by(*order)

    def _order(self, row: Row) -> list[ColumnElement[Any]]:
        order = self.writer.read.row_order
        falls = order.descending != self.writer.read.backward
        return [key.desc() if falls else key.asc() for key in order.key(row)]

    def _beyond(self) -> list[Test]:
        """Filter rows after one cursor and before the other."""
        read = self.writer.read
        tests: list[Test] = []
        for side, given, up in (("after", read.starts, True), ("before", read.ends, False)):
            if given:
                key = list(read.row_order.key(self.row))
                kinds = enumerate(kinds_of(key))
                seen = tuple_(*(self.writer.bound(f"{side}{n}", kind) for n, kind in kinds))
                rises = up != read.row_order.descending
                tests.append(tuple_(*key) > seen if rises else tuple_(*key) < seen)
        return tests

    def _place(self, row: Row) -> ColumnElement[Any]:
        return cursor(self.writer.bound("mark", str), self.writer.read.row_order.key(row))

    def _needed_cursors(self) -> bool:
        """Return whether the first and last cursor are requested: they have a cost."""
        return any(pick.name in ("page_info", "next") for pick in self.writer.read.picks)

    def lists(self) -> list[tuple[str, SelectedField]]:
        """The requested lists of rows or of edges, by their keys."""
        return [(p.key, p) for p in self.writer.read.picks if p.name in ("edges", "nodes")]

    def whole(self) -> Any:
        """The page in one row: its lists, its ends, whether more follow."""
        rows = self._rows()
        marks = ("first!", "last!") if self._needed_cursors() else ()
        ends = (func.max(rows.c[mark]).label(mark) for mark in marks)
        lists = (self._aggregate(rows, key).label(key) for key, _ in self.lists())
        more = (func.count() > self.writer.bound("first")).label("more!")
        columns = (more, *ends, *lists, *self.more_of_page(rows))
        return select(*columns).select_from(rows).subquery("whole")

    def _aggregate(self, rows: Any, key: str) -> ColumnElement[Any]:
        if not self.writer.read.backward:
            return aggregate_json(rows.c[key], rows.c["shown!"])
        turned = func.json_agg(aggregate_order_by(rows.c[key], rows.c["nr!"].desc()))
        return func.coalesce(turned.filter(rows.c["shown!"]), text("'[]'::json"))

    def _exact_count(self, whole: Any) -> Mapping[str, ColumnElement[Any]]:
        read, picked = self.writer.read, {p.name for p in self.writer.read.picks}
        more = whole.c["more!"]
        known: dict[str, ColumnElement[Any]] = {
            "has_next_page": _constant(read.ends) if read.backward else more,
            "has_previous_page": more if read.backward else _constant(read.starts),
        }
        if self._needed_cursors():
            near, far = whole.c["first!"], whole.c["last!"]
            known |= {"start_cursor": far if read.backward else near}
            known |= {"end_cursor": near if read.backward else far, "next": case((more, far))}
        if picked & {"total_count", "total_is_exact"}:
            count = self._count()
            known |= {"total_count": func.least(count, MAX_COUNTED)}
            known |= {"total_is_exact": count <= MAX_COUNTED}
        return known

    def _count(self) -> ColumnElement[Any]:
        """Count the rows of the whole list; counting stops one beyond the maximum."""
        row: Row = alias_table(self.writer.read.shape.table)
        found: Any = (
            select(literal_column("1")).select_from(row).where(*self.writer.list_conditions(row))
        )
        return (
            select(func.count())
            .select_from(found.limit(MAX_COUNTED + 1).subquery())
            .scalar_subquery()
        )

    def _item(self, item: Row, page: Any, pick: SelectedField, place: Any) -> ColumnElement[Any]:
        """Compile a node of a page, or an edge, which is a node and its cursor."""
        shape = self.writer.read.shape
        if pick.name in ("node", "nodes"):
            return as_object(select(*self.writer.columns(shape, item, pick.picks)).correlate(page))
        known = {"__typename": as_text(f"{shape.name}Edge"), "cursor": place}
        edge = (
            (known[p.name] if p.name in known else self._item(item, page, p, place)).label(p.key)
            for p in pick.picks
        )
        return as_object(select(*edge).correlate(page))


def _constant(value: bool) -> ColumnElement[bool]:
    return true() if value else literal_column("false")
