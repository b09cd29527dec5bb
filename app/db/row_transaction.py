"""Rows of tables that a transaction has read, and those that it is to write."""

from collections.abc import Iterable
from typing import Any

from sqlmodel import SQLModel

from app.db.joined_sql import Group, With, can_join, join
from app.db.row_reader import Known, row_key
from app.db.row_sql import (
    group_alike,
    is_new,
    list_changes,
    mark_written,
    set_name_key,
    sort_by_table,
)
from app.db.transaction import Transaction


class RowTransaction(Transaction):
    """A transaction that knows the rows it has read, and writes rows."""

    def __init__(self, *how: Any, **info: Any) -> None:
        super().__init__(*how, **info)
        self._added: list[SQLModel] = []
        self.known: Known = {}

    def know(self, row: SQLModel) -> None:
        """Remember a row that was written: who reads it gets this object."""
        self.known[row_key(row)] = row

    def expunge(self, row: Any) -> None:
        """Forget a row."""
        self.known.pop(row_key(row), None)

    def expire_all(self) -> None:
        """Forget every row."""
        self.known.clear()

    async def write(self, rows: Iterable[SQLModel], log: With | None = None) -> None:
        """Write rows as they stand, in order, then a log; all in one turn if that can be."""
        rows = list(rows)
        for row in rows:
            set_name_key(row, made=is_new(row))
        await self._write(list(group_alike(rows)), log)

    async def _write(self, groups: list[Group], log: With | None = None) -> None:
        if log and can_join([group for _, group in groups], self.connections.protected):
            await self.run(*join(groups, log))
        else:
            for writing, group in groups:
                await self.run_many(writing.sql(), [writing.arguments(row) for row in group])
            if log:
                await self.run(*join([], log))
        for row in (row for _, group in groups for row in group):
            mark_written(row)
            self.know(row)

    def add(self, row: SQLModel) -> None:
        """Keep a row to be written by the next flush, or at the end."""
        self._added.append(row)

    def add_all(self, rows: Iterable[SQLModel]) -> None:
        """Keep rows to be written by the next flush, or at the end."""
        self._added.extend(rows)

    async def flush(self) -> None:
        """Write the rows that were added, and those whose values were set."""
        added, self._added = self._added, []
        new = {id(row) for row in added}  # rows themselves: they are equal by their values
        changed = [row for row in self.known.values() if id(row) not in new and list_changes(row)]
        await self._write(list(group_alike([*sort_by_table(added), *changed])))

    async def commit(self) -> None:
        """Write what was added, and end so that it stands."""
        await self.flush()
        await super().commit()

    async def rollback(self) -> None:
        """End so that nothing stands, and forget every row."""
        self._added.clear()
        self.known.clear()
        await super().rollback()
