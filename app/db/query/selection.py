"""A selection of a shape: names only, no values, so that it is compiled once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import Text, bindparam

from app.db.query.search import SEARCH, put_exact_first
from app.db.query.shape import Order, Shape


class Kind(StrEnum):
    ONE = "one"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class SelectedField:
    """A requested field or link, and the key of its value in the result."""

    key: str
    name: str
    picks: tuple["SelectedField", ...] = ()
    first: str | None = None  # the value that bounds a link to many
    whole: bool = False  # as many rows of a link to many as it ever gives
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        told = (self.key, self.name, self.picks, self.first, self.whole)
        object.__setattr__(self, "_hash", hash(told))

    def __hash__(self) -> int:
        """Return the hash, computed once: it is looked at several times at each request."""
        return self._hash


@dataclass(frozen=True, slots=True)
class Query:
    """The rows of a shape that a query reads, and the selection of each."""

    shape: Shape
    kind: Kind
    picks: tuple[SelectedField, ...]
    key: str = ""
    filters: tuple[tuple[str, str], ...] = ()  # name and operation
    order: str = ""
    starts: bool = False  # after a cursor
    ends: bool = False  # before a cursor
    backward: bool = False
    enum_names: bool = False  # IN_PROGRESS, as GraphQL writes it, for in_progress

    def value(self, name: str) -> str:
        """Return the name under which a value of this query is bound."""
        return f"{self.key}.{name}"

    @property
    def row_order(self) -> Order:
        order = self.shape.orders[self.order or self.shape.default_order]
        if SEARCH not in self.filters or self.order not in ("", self.shape.default_order):
            return order
        return put_exact_first(order, bindparam(self.value(".".join(SEARCH)), type_=Text()))


@dataclass(frozen=True, slots=True)
class UnionQuery:
    """One row that may be of any of several shapes, under one key."""

    key: str
    reads: tuple[Query, ...]


AnyQuery = Query | UnionQuery
FIELD_BYTES = 250  # of a selected field in memory


def estimate_bytes(queries: Iterable[AnyQuery]) -> int:
    """Estimate how much memory queries take, by their fields."""
    reads = (read for one in queries for read in ((one,) if isinstance(one, Query) else one.reads))
    return FIELD_BYTES * sum(1 + _count(read.picks) for read in reads)


def _count(picks: tuple[SelectedField, ...]) -> int:
    return sum(1 + _count(pick.picks) for pick in picks)
