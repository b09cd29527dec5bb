"""Measures of records, which each feature declares in its `measures.py`.

A measure counts one counting unit, that of its term in the vocabulary `measures`. The figures
engine compiles measures to SQL; nothing here knows units of the map, windows or callers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement

from app.db.base import Voidable
from app.db.query.shape import Row, Shape, Sql, Table, Test
from app.domain.records.dimensions import Dimension
from app.domain.records.vocabularies import MEASURES, find_term

ValueOn = Callable[[Row, Any], ColumnElement[Any]]  # of a row, on a day


@dataclass(frozen=True, slots=True)
class Happens:
    """A fact of one day: it counts in each window that has the day. Undated ones count nowhere."""

    day: Sql


@dataclass(frozen=True, slots=True)
class Stands:
    """A fact that lasts: it counts where it stands on the last day of a window."""

    on: Callable[[Row, Any], Test]


def between(since: str, until: str) -> Stands:
    """Return the rule of a row that stands from one day until another, which may be open."""

    def stands(row: Row, day: Any) -> Test:
        end = getattr(row, until)
        return (getattr(row, since) <= day) & (end.is_(None) | (end > day))  # type: ignore[no-any-return]

    return Stands(stands)


@dataclass(frozen=True, slots=True)
class Hosts:
    """Rows that say where a fact lies, where it may lie in several units; there it counts once."""

    table: Table
    on: Callable[[Row, Row], Test]  # a host, and the fact
    unit: Sql = lambda host: host.unit_id
    day: Sql | None = None  # that of the fact, where its places know it too


@dataclass(frozen=True, eq=False, kw_only=True)
class Measure:
    """A count of the rows of a table: when and where they count, and by what they are split.

    `shape` says who sees the records behind a figure, and where they are read. Voided records
    count nowhere. `qualifier` is a column of `Qualifier`s; a row whose value is NULL is one of
    unknown size: it never counts as 0, and a figure says how many there are.
    """

    code: str
    shape: Shape
    dated: Happens | Stands
    table: Table | None = None  # None: that of the shape
    where: Callable[[Row], Test] | None = None  # which rows count, whatever the indicator says
    value: Sql | None = None  # None: each record counts one
    value_on: ValueOn | None = None  # the value where it depends on the day, such as a quantity
    qualifier: Sql | None = None  # None: all are exact
    delta_only: Sql | None = None  # rows that tell a change alone: never part of a level
    id: Sql | None = lambda row: row.id  # by which the record is read; None: rows are counts
    unit: Sql = lambda row: row.unit_id
    hosts: Hosts | None = None
    dimensions: Mapping[str, Dimension] = field(default_factory=dict)
    distinct: Mapping[str, Sql] = field(default_factory=dict)  # what can be counted once each
    sensitive: bool = False  # small numbers are not for foreign units

    def __post_init__(self) -> None:
        if find_term(MEASURES, self.code) is None:
            raise ValueError(f"the vocabulary {MEASURES} has no code {self.code}")
        if self.value is not None and self.value_on is not None:
            raise ValueError(f"{self.code}: a value depends on the day, or it does not")

    @property
    def counting_unit(self) -> str:
        """Return what it counts."""
        term = find_term(MEASURES, self.code)
        assert term is not None, self.code
        return str(term.counting_unit)

    @property
    def facts(self) -> Table:
        """Return the table whose rows count."""
        return self.table or self.shape.table

    def counts(self, row: Row) -> list[Test]:
        """Return the tests that a row passes that counts at all, on whichever day."""
        tests = [self.where(row)] if self.where else []
        if issubclass(self.facts, Voidable):
            tests.append(row.voided_at.is_(None))
        return tests
