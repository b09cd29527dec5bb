"""The terms in which a feature declares what can be read of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, any_, false, literal_column, or_
from sqlmodel import SQLModel

from app.db.base import Voidable
from app.db.query.voidable import VoidedRecords, is_voided, shows

Table = type[SQLModel]
Row = Any  # an alias of a table; its attributes are columns
Params = Mapping[str, Any]  # the terms of a question, by name: bound values
Sql = Callable[[Row], ColumnElement[Any]]
Test = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Term:
    """A parameter of a whole query, such as the day whose map is meant."""

    type: Any
    default: Callable[[], object]
    doc: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """The caller of a query: the level that it is compiled for, and bound values."""

    level: str
    unit: Any
    subject: Any
    permissions: Any

    def may(self, permission: str) -> Test:
        """Test whether the caller has a permission."""
        return literal_column(f"'{permission}'") == any_(self.permissions)


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a row: how SQL says it, its type, the permission it needs."""

    sql: Sql
    type: Any
    needs: str | None = None
    seen: Mapping[str, Callable[[Row, Any], Test]] | None = None  # by whom; None: by all who read
    by_caller: Callable[[Row, Caller], ColumnElement[Any]] | None = None  # in place of `sql`
    on_day: Callable[[Row, Params], ColumnElement[Any]] | None = None  # where the terms decide
    on_request: bool = False  # it costs: read where it is named, not by default


@dataclass(frozen=True, slots=True, kw_only=True)
class CountField(Field):
    """The number of rows that a link leads to, for the list of them may be cut."""

    link: str


@dataclass(frozen=True, slots=True)
class Link:
    """The way from a row to one row of another shape, or to many."""

    to: Callable[[], "Shape"]
    on: Callable[[Row, Row, Params], Test]
    many: bool = False
    first: int = 10
    most: int = 50
    follows_parent: bool = False  # visible with its parent; no scope of its own
    needs: str | None = None
    order: Callable[[Row], Sequence[ColumnElement[Any]]] | None = None  # None: that of its shape
    day: Callable[[Row, Params], ColumnElement[Any]] | None = None  # None: that of the question


IS_NULL = "is_null"
FILTER_OPERATIONS: Mapping[str, Callable[[ColumnElement[Any], Any], Test]] = {
    "eq": lambda column, value: column == value,
    "in": lambda column, value: column == any_(value),
    "gte": lambda column, value: column >= value,
    "gt": lambda column, value: column > value,
    "lte": lambda column, value: column <= value,
    "lt": lambda column, value: column < value,
    IS_NULL: lambda column, value: column.is_(None) == value,
}
CHOICE = ("eq", "in")
RANGE = ("eq", "gte", "gt", "lte", "lt")


@dataclass(frozen=True, slots=True)
class Existence:
    """The existence of the thing that a filter names: its test, the facts and the refusal."""

    test: Callable[[Any, Params], Test]
    refusal: Callable[..., Exception]  # takes `wanted`, the terms of the query and the facts
    facts: Callable[[Any, Params], ColumnElement[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A way to narrow a list: a column with the operations it allows, or a test of its own."""

    type: Any
    sql: Sql | None = None
    allows: tuple[str, ...] = ("eq",)
    test: Callable[[Row, Any, Params], Test] | None = None
    needs: str | None = None
    reads: Callable[[Any], Any] | None = None  # how a value is made ready, before it is bound
    doc: str = ""
    known: Existence | None = (
        None  # what it names; None: whatever has no such value is just not found
    )

    def apply(self, row: Row, operation: str, value: Any, given: Params) -> Test:
        if self.test is not None:
            return self.test(row, value, given)
        assert self.sql is not None
        return FILTER_OPERATIONS[operation](self.sql(row), value)


VOIDED = "voided"
SHOWN = Filter(
    VoidedRecords, test=shows, doc="With or without voided ones; by default they are left out."
)
LOGGED_FILTERS = (
    ("id", Filter(UUID, lambda row: row.id, CHOICE)),
    ("changed_at", Filter(datetime, lambda row: row.changed_at, RANGE)),
)


@dataclass(frozen=True, slots=True)
class Order:
    """A unique order of rows; its key is also the cursor. No part of the key may be NULL."""

    key: Callable[[Row], Sequence[ColumnElement[Any]]]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Validity:
    """A row holds from one day until another; `as_of` says which day is meant."""

    since: Sql
    until: Sql


@dataclass(frozen=True, eq=False)
class Shape:
    """The readable part of a table: its fields, its links, and the scope of its rows."""

    name: str
    table: Table
    orders: Mapping[str, Order]  # the first is the default
    fields: Mapping[str, Field]
    links: Mapping[str, Link] = field(default_factory=dict)
    filters: Mapping[str, Filter] = field(default_factory=dict)
    scope: Mapping[str, Callable[[Row, Any], Test]] | None = None  # None: through a parent only
    identify: Callable[[Row, Any, Params], Test] = lambda row, id, given: row.id == id
    id_type: type = str
    terms: Mapping[str, Term] = field(default_factory=dict)
    dated: Validity | None = None
    left_out: Mapping[str, Sql] = field(default_factory=dict)  # by the filter that shows them
    needs: str | None = None
    sensitive: bool = False  # who read which rows is written down before the answer leaves

    def __post_init__(self) -> None:
        """Declare what every shape has, so that no feature can forget it."""
        self._count_nested_lists()
        if self.scope is not None:
            derived = {name: one for name, one in LOGGED_FILTERS if name in self.fields}
            object.__setattr__(self, "filters", {**derived, **self.filters})
        if issubclass(self.table, Voidable):
            self._leave_out_voided()

    def _count_nested_lists(self) -> None:
        counts = {count_of(n): _count(n, link) for n, link in self.links.items() if link.many}
        object.__setattr__(self, "fields", {**self.fields, **counts})

    def _leave_out_voided(self) -> None:
        """Show the marks of voidable records, and leave voided ones out."""
        marks = columns(self.table, " ".join(Voidable.model_fields))
        object.__setattr__(self, "fields", {**self.fields, **marks})
        if self.filters:
            object.__setattr__(self, "filters", {**self.filters, VOIDED: SHOWN})
        object.__setattr__(self, "left_out", {**self.left_out, VOIDED: is_voided})

    @property
    def doc(self) -> str:
        return self.table.__doc__ or self.name

    @property
    def default_order(self) -> str:
        return next(iter(self.orders))


def is_one_of(column: ColumnElement[Any], values: Iterable[Any]) -> Test:
    """Test whether a column has one of some values, in a statement that is compiled once."""
    return or_(false(), *(column == value for value in values))


def count_of(name: str) -> str:
    """Return the name of the number of rows of a nested list."""
    return f"{name}_count"


def _count(name: str, link: Link) -> CountField:
    none: Sql = lambda row: literal_column("0")  # noqa: E731
    return CountField(none, int, link.needs, on_request=True, link=name)


def columns(table: Table, names: str, **needs: str) -> dict[str, Field]:
    """Return plain columns of a table as fields, typed as the table types them."""
    return {
        name: Field(_column(name), _type(table, name), needs.get(name)) for name in names.split()
    }


def _column(name: str) -> Sql:
    return lambda row: getattr(row, name)


def _type(table: Table, name: str) -> Any:
    return table.model_fields[name].annotation


__all__ = [
    "CHOICE",
    "RANGE",
    "Caller",
    "CountField",
    "Existence",
    "Field",
    "Filter",
    "Link",
    "Order",
    "Params",
    "Row",
    "Shape",
    "Term",
    "Test",
    "Validity",
    "columns",
    "count_of",
    "is_one_of",
]  # fmt: skip
