"""Rows and the log of their change in one statement.

The parts of one statement do not see each other, and have no order among them. So rows are joined
only where none depends on another: each table occurs once, no policy of a table looks for another
of the rows, and none is a unit, by which a trigger places the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlmodel import SQLModel

from app.db.row_sql import Writing, table_of

MAX_ROWS = 100  # rows; more go by themselves
Group = tuple[Writing, Sequence[SQLModel]]


@dataclass(frozen=True, slots=True)
class With:
    """A statement of parts: those named in WITH, the last one, and arguments from $1 on."""

    parts: str
    last: str
    arguments: Sequence[Any]


def can_join(groups: Sequence[Sequence[SQLModel]], protected: frozenset[str]) -> bool:
    """Return whether these rows can be written by one statement, together with a log."""
    tables = [table_of(type(group[0])).name for group in groups]
    if len(set(tables)) < len(tables) or sum(map(len, groups)) > MAX_ROWS:
        return False
    if any(name == "unit" or name.startswith("unit_") for name in tables):
        return False
    return len(tables) == 1 or protected.isdisjoint(tables)


def join(groups: Sequence[Group], log: With) -> tuple[str, list[Any]]:
    """Return one statement that writes the rows and the log, and its arguments."""
    forms = tuple((writing, len(group)) for writing, group in groups)
    arguments = [*log.arguments]
    for writing, group in groups:
        for row in group:
            arguments.extend(writing.arguments(row))
    return _join(forms, log.parts, log.last, len(log.arguments)), arguments


@lru_cache(2_000)
def _join(forms: tuple[tuple[Writing, int], ...], parts: str, last: str, used: int) -> str:
    written, first = [], used + 1
    for writing, rows in forms:
        for size in (rows,) if writing.inserts else (1,) * rows:
            written.append(f"written_{first} AS ({writing.sql(first, size)})")
            first += size * len(writing.columns)
    return f"WITH {', '.join((*written, parts))}{last}"
