"""Compile a selection of the rows of a shape to SQL that yields JSON."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, get_args
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    case,
    func,
    literal_column,
    select,
    text,
    true,
)

from app.db.aliases import alias_table
from app.db.query.guards import list_guarded
from app.db.query.selection import Query, SelectedField
from app.db.query.shape import IS_NULL, Caller, CountField, Link, Row, Shape, Test

TYPES: dict[Any, Any] = {
    str: Text(),
    int: Integer(),
    bool: Boolean(),
    UUID: Uuid(),
    date: Date(),
    datetime: DateTime(True),
}
ACTOR_UNIT, ACTOR_SESSION, SESSION_VERSION = "actor_unit", "actor_session", "session_version"
ACTOR_SUBJECT, ACTOR_PERMISSIONS = "actor_subject", "actor_permissions"
ROW = "#"  # no key can be called so, hence none can stand in front of the row
EMPTY: ColumnElement[Any] = literal_column("'{}'::json")


class _Terms(Mapping[str, Any]):
    """The terms of one query as bound values, made when a shape needs them."""

    def __init__(self, read: Query) -> None:
        self.read = read

    def __getitem__(self, name: str) -> Any:
        kind = self.read.shape.terms[name].type
        return bindparam(self.read.value(name), type_=TYPES.get(kind, Text()))

    def __iter__(self) -> Iterator[str]:
        return iter(self.read.shape.terms)

    def __len__(self) -> int:
        return len(self.read.shape.terms)


class QueryCompiler:
    """Compiles one query for an actor of one level."""

    def __init__(self, read: Query, level: str) -> None:
        self.read, self.level, self.terms = read, level, _Terms(read)
        self.caller = Caller(
            level,
            bindparam(ACTOR_UNIT, type_=Uuid()),
            bindparam(ACTOR_SUBJECT, type_=Text()),
            bindparam(ACTOR_PERMISSIONS, type_=ARRAY(Text())),
        )

    def one(self) -> ColumnElement[Any]:
        """Compile the row with the given id, as last known on the day."""
        shape = self.read.shape
        row: Row = alias_table(shape.table)
        columns = self.columns(shape, row, self.read.picks)
        return as_object(self.select_by_id(row, columns))

    def select_by_id(self, row: Row, columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
        """Select columns of the row with the given id."""
        shape = self.read.shape
        wanted = self.bound("id", shape.id_type)
        rows = select(*columns).select_from(row)
        rows = rows.where(shape.identify(row, wanted, self.terms), self._in_scope(shape, row))
        return self._latest(shape, row, rows)

    def bound(self, name: str, kind: Any = int) -> BindParameter[Any]:
        return bindparam(self.read.value(name), type_=TYPES.get(kind, Text()))

    def list_conditions(self, row: Row) -> list[Test]:
        """Apply scope, day and filters of a list, without the cursor."""
        shape = self.read.shape
        tests = [self._in_scope(shape, row), *self._valid_rows(shape, row)]
        named = {name for name, _ in self.read.filters}
        tests += [~test(row) for name, test in shape.left_out.items() if name not in named]
        for name, operation in self.read.filters:
            sought = self.bind_filter(name, operation)
            tests.append(shape.filters[name].apply(row, operation, sought, self.terms))
        return [*tests, *self._mask_tests(row)]

    def bind_filter(self, name: str, operation: str) -> BindParameter[Any]:
        """Return the value of a filter."""
        kind = bool if operation == IS_NULL else self.read.shape.filters[name].type
        plain = TYPES.get(kind, Text())
        type_ = ARRAY(plain) if operation == "in" else plain
        return bindparam(self.read.value(f"{name}.{operation}"), type_=type_)

    def _mask_tests(self, row: Row) -> list[Test]:
        """Filter by a masked field among those rows only in which the actor sees it."""
        names = tuple(dict.fromkeys(name for name, _ in self.read.filters))
        unit = bindparam(ACTOR_UNIT, type_=Uuid())
        fields = list_guarded(self.read.shape, names, self.read.order)
        return [field.seen[self.level](row, unit) for field in fields if field.seen]

    def _in_scope(self, shape: Shape, row: Row) -> Test:
        if shape.scope is None:
            raise LookupError(f"{shape.name} has no scope: it is read through its parent only.")
        return shape.scope[self.level](row, bindparam(ACTOR_UNIT, type_=Uuid()))

    def _valid_rows(self, shape: Shape, row: Row, day: Any = None) -> list[Test]:
        """Filter rows of a dated shape that are valid on the day, by default the requested one."""
        if shape.dated is None:
            return []
        day = self.terms["as_of"] if day is None else day
        return [shape.dated.since(row) <= day, shape.dated.until(row) > day]

    def _latest(self, shape: Shape, row: Row, rows: Select[Any], day: Any = None) -> Select[Any]:
        """Filter the row as last known on that day: ended rows stay readable."""
        if shape.dated is None:
            return rows
        day = self.terms["as_of"] if day is None else day
        since, until = shape.dated.since(row), shape.dated.until(row)
        return rows.where(since <= day, since < until).order_by(since.desc()).limit(1)

    def columns(
        self, shape: Shape, row: Row, picks: tuple[SelectedField, ...]
    ) -> list[ColumnElement[Any]]:
        return [self._value(shape, row, pick).label(pick.key) for pick in picks]

    def _value(self, shape: Shape, row: Row, pick: SelectedField) -> ColumnElement[Any]:
        if pick.name == "__typename":
            return as_text(shape.name)
        if link := shape.links.get(pick.name):
            return self._link_value(link, row, pick)
        field = shape.fields[pick.name]
        if field.by_caller is not None:
            return field.by_caller(row, self.caller)
        if isinstance(field, CountField):
            return self._count_linked(shape.links[field.link], row)
        named = self.read.enum_names and is_enum(field.type)
        value = field.on_day(row, self.terms) if field.on_day else field.sql(row)
        value = func.upper(value) if named else value
        if field.seen is None:
            return value
        return case((field.seen[self.level](row, bindparam(ACTOR_UNIT, type_=Uuid())), value))

    def _link_value(self, link: Link, row: Row, pick: SelectedField) -> ColumnElement[Any]:
        other: Row = alias_table(link.to().table)
        rows = self.link_rows(link, row, other, pick, self.columns(link.to(), other, pick.picks))
        return _array(rows) if link.many else as_object(rows)

    def link_rows(
        self,
        link: Link,
        row: Row,
        other: Row,
        pick: SelectedField,
        columns: Sequence[ColumnElement[Any]],
    ) -> Select[Any]:
        """Select columns of the rows that a link leads to, in their order."""
        target = link.to()
        rows = self._select_linked(link, row, other, columns)
        if not link.many:
            day = link.day(row, self.terms) if link.day else None
            return self._latest(target, other, rows, day)
        most = link.most if pick.whole else link.first
        first = self.bound(pick.first) if pick.first else most
        order = link.order(other) if link.order else default_order(target, other)
        return rows.limit(first).order_by(*order)

    def _select_linked(
        self, link: Link, row: Row, other: Row, columns: Sequence[ColumnElement[Any]]
    ) -> Select[Any]:
        """Select columns of all rows that a link leads to and the actor sees."""
        target = link.to()
        rows = select(*columns).select_from(other)
        rows = rows.where(link.on(row, other, self.terms)).correlate(row)
        if not link.follows_parent:
            rows = rows.where(self._in_scope(target, other))
        if not link.many:
            return rows
        day = link.day(row, self.terms) if link.day else None
        shown = [~test(other) for test in target.left_out.values()]
        return rows.where(*self._valid_rows(target, other, day), *shown)

    def _count_linked(self, link: Link, row: Row) -> ColumnElement[Any]:
        """Count the rows that a link leads to, those beyond the end of the list too."""
        other: Row = alias_table(link.to().table)
        return self._select_linked(link, row, other, [func.count()]).scalar_subquery()


def as_object(rows: Select[Any]) -> ColumnElement[Any]:
    return select(_each(rows)).scalar_subquery()


def _array(rows: Select[Any]) -> ColumnElement[Any]:
    """Aggregate rows in their order: json_agg preserves the order of a sorted subquery."""
    return select(aggregate_json(_each(rows), true())).scalar_subquery()


def _each(rows: Select[Any]) -> ColumnElement[Any]:
    """Return every row as JSON; a row whose fields were all skipped is an empty object."""
    if rows.column_descriptions:
        return func.row_to_json(rows.subquery(ROW).table_valued())
    return rows.with_only_columns(EMPTY.label(ROW)).subquery(ROW).c[ROW]


def aggregate_json(each: Any, shown: Test) -> ColumnElement[Any]:
    return func.coalesce(func.json_agg(each).filter(shown), text("'[]'::json"))


def default_order(shape: Shape, row: Row) -> list[ColumnElement[Any]]:
    """Return the default order of a shape."""
    order = shape.orders[shape.default_order]
    return [key.desc() if order.descending else key.asc() for key in order.key(row)]


def as_text(constant: str) -> ColumnElement[Any]:
    return literal_column(f"'{constant}'::text")


def is_enum(kind: Any) -> bool:
    return any(isinstance(k, type) and issubclass(k, Enum) for k in (kind, *get_args(kind)))
