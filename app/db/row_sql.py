"""Statements that write rows of tables, made once of each table and set of columns."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Table
from sqlalchemy.orm.base import instance_state
from sqlmodel import SQLModel

from app.db.base import NameAndOrder, NameKey
from app.db.statements import Processor, bind_processor
from app.db.vietnamese import name_key, sort_key


class Writing(NamedTuple):
    """A statement that writes a row, and the columns whose values it takes, in this order."""

    table: str
    pattern: str
    columns: tuple[tuple[str, Processor], ...]

    def sql(self, first: int = 1, rows: int = 1) -> str:
        """Return the text, its arguments numbered from the first; for many rows, where it can."""
        width = len(self.columns)
        numbers = [f"${n}" for n in range(first, first + width * rows)]
        if rows == 1:
            return self.pattern.format(*numbers)
        several = (", ".join(numbers[n : n + width]) for n in range(0, len(numbers), width))
        head = self.pattern.partition(" VALUES ")[0]
        return f"{head} VALUES {', '.join(f'({one})' for one in several)}"

    @property
    def inserts(self) -> bool:
        return self.pattern.startswith("INSERT")

    def arguments(self, row: SQLModel) -> list[Any]:
        """Return the values of a row."""
        told = row.__dict__
        return [
            told.get(name) if process is None else process(told.get(name))
            for name, process in self.columns
        ]


def is_new(row: SQLModel) -> bool:
    """Return whether a row was never written."""
    return instance_state(row).key is None


def list_changes(row: SQLModel) -> tuple[str, ...]:
    """List the columns whose values are others than those that were read."""
    told = row.__dict__
    before = instance_state(row).committed_state
    if not before:  # of most rows none was set: a flush looks at all that are known
        return ()
    columns = table_of(type(row)).c
    return tuple(c.key for c in columns if c.key in before and before[c.key] != told.get(c.key))


def value_before(row: SQLModel, name: str) -> Any:
    """Return the value that was read of a column that has another now; None of any other."""
    changed = not is_new(row) and name in list_changes(row)
    return instance_state(row).committed_state[name] if changed else None


def list_columns(row: SQLModel) -> tuple[str, ...]:
    """List all columns of a new row but those that the database fills in."""
    told = row.__dict__
    filled = {name for name in _list_filled(type(row)) if told.get(name) is None}
    return tuple(c.key for c in table_of(type(row)).c if c.key not in filled)


@lru_cache(None)
def _list_filled(kind: type[SQLModel]) -> tuple[str, ...]:
    return tuple(c.key for c in table_of(kind).c if c.server_default)


def set_name_key(row: SQLModel, *, made: bool) -> None:
    """Derive the key of a new or another name: no feature can forget it."""
    if isinstance(row, NameKey) and (made or "name" in list_changes(row)):
        name: str = row.name  # type: ignore[attr-defined]
        row.name_key = name_key(name) or name
        if isinstance(row, NameAndOrder):
            row.sort_key = sort_key(name)


def mark_written(row: SQLModel) -> None:
    """Note that a row stands in the database as it is."""
    state = instance_state(row)
    if state.key is None:
        mapper = state.manager.mapper
        key = tuple(getattr(row, str(one.key)) for one in mapper.primary_key)
        state.key = (mapper.class_, key, None)
    state._commit_all(row.__dict__)


def group_alike(rows: Iterable[SQLModel]) -> Iterable[tuple[Writing, Sequence[SQLModel]]]:
    """Group rows by the statement that writes them, in order."""
    alike: dict[Any, list[SQLModel]] = {}
    for row in rows:
        made = is_new(row)
        if columns := list_columns(row) if made else list_changes(row):
            alike.setdefault((type(row), columns, made), []).append(row)
    for (kind, columns, made), group in alike.items():
        yield (build_insert if made else build_update)(kind, columns), group


def sort_by_table(rows: Iterable[SQLModel]) -> list[SQLModel]:
    """Sort rows so that those that others refer to come first."""
    order = _order_tables(len(SQLModel.metadata.tables))
    return sorted(rows, key=lambda row: order.get(table_of(type(row)).name, len(order)))


@lru_cache(1)
def _order_tables(_known: int) -> dict[str, int]:
    """Number the tables: done again where one has been declared since."""
    return {table.name: n for n, table in enumerate(SQLModel.metadata.sorted_tables)}


@lru_cache(4_096)
def build_insert(kind: type[SQLModel], columns: tuple[str, ...]) -> Writing:
    """Build the statement that inserts a row of these columns."""
    table = table_of(kind)
    names, places = ", ".join(_quote(table, columns)), ", ".join("{}" for _ in columns)
    text = f"INSERT INTO {table.name} ({names}) VALUES ({places})"
    return Writing(table.name, text, _put(table, columns))


@lru_cache(4_096)
def build_update(kind: type[SQLModel], columns: tuple[str, ...]) -> Writing:
    """Build the statement that sets these columns of one row."""
    table = table_of(kind)
    put = ", ".join(f"{name} = {{}}" for name in _quote(table, columns))
    text = f"UPDATE {table.name} SET {put} WHERE {_where_key(table)}"
    return Writing(table.name, text, _put(table, (*columns, *_keys(table))))


@lru_cache(None)
def build_delete(kind: type[SQLModel]) -> Writing:
    """Build the statement that deletes one row."""
    table = table_of(kind)
    text = f"DELETE FROM {table.name} WHERE {_where_key(table)}"
    return Writing(table.name, text, _put(table, _keys(table)))


def _where_key(table: Table) -> str:
    return " AND ".join(f"{name} = {{}}" for name in _quote(table, _keys(table)))


def _keys(table: Table) -> tuple[str, ...]:
    return tuple(c.key for c in table.primary_key)


def _put(table: Table, columns: Iterable[str]) -> tuple[tuple[str, Processor], ...]:
    return tuple((name, bind_processor(table.c[name].type)) for name in columns)


def _quote(table: Table, columns: Sequence[str]) -> list[str]:
    return [f'"{table.c[name].name}"' for name in columns]


def table_of(kind: type[SQLModel]) -> Table:
    """Return the table of a class."""
    return kind.__table__  # type: ignore[attr-defined, no-any-return]
