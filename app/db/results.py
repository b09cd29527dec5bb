"""Rows that a statement has found."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar, cast

from sqlalchemy.exc import MultipleResultsFound, NoResultFound

T = TypeVar("T")


class Rows(Generic[T]):
    """Rows of a result, all of them read; or the values of their only column."""

    __slots__ = ("_items", "keys", "returns_rows", "rowcount")

    def __init__(
        self, items: Sequence[Any], keys: Sequence[str] = (), rowcount: int = -1,
        *, returns_rows: bool = True,
    ) -> None:  # fmt: skip
        self._items, self.keys, self.rowcount = items, keys, rowcount
        self.returns_rows = returns_rows

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def all(self) -> list[T]:
        """Return every row."""
        return list(self._items)

    def first(self) -> T | None:
        """Return the first row, if there is one."""
        return self._items[0] if self._items else None

    def one_or_none(self) -> T | None:
        """Return the only row, or None; refuse several."""
        if len(self._items) > 1:
            raise MultipleResultsFound("Several rows were found where at most one can be")
        return self._items[0] if self._items else None

    def one(self) -> T:
        """Return the only row."""
        if not self._items:
            raise NoResultFound("No row was found where one must be")
        return cast(T, self.one_or_none())

    def scalars(self) -> "Rows[Any]":
        """Return the first values of the rows."""
        return Rows([row[0] for row in self._items], self.keys[:1], self.rowcount)

    def scalar(self) -> Any:
        """Return the first value of the first row, if there is one."""
        return self._items[0][0] if self._items else None

    def scalar_one(self) -> Any:
        """Return the first value of the only row."""
        return cast(Any, self.one())[0]

    def scalar_one_or_none(self) -> Any:
        """Return the first value of the only row, or None."""
        row = cast(Any, self.one_or_none())
        return None if row is None else row[0]

    def mappings(self) -> "Rows[Mapping[str, Any]]":
        """Return the rows by the names of their columns."""
        return Rows([dict(zip(self.keys, row, strict=True)) for row in self._items], self.keys)
