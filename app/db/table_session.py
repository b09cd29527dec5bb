"""A session: a transaction, and the rows of tables that it has read and is to write."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, TypeVarTuple, cast, overload

from sqlalchemy import Insert
from sqlalchemy.exc import NoResultFound
from sqlalchemy.util import greenlet_spawn
from sqlmodel import SQLModel
from sqlmodel.sql.expression import Select, SelectOfScalar

from app.db.joined_sql import Group, With, can_join, join
from app.db.results import Rows
from app.db.row_reader import Known, find_reader, read_values, row_key
from app.db.row_sql import (
    group_alike,
    is_new,
    list_changes,
    mark_written,
    set_name_key,
    sort_by_table,
)
from app.db.savepoint import Savepoint
from app.db.statements import bind
from app.db.transaction import Transaction

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
NONE: Mapping[str, Any] = {}


class Session(Transaction):
    """A transaction that reads and writes rows of tables.

    Rows are read whole. A row that is read twice is one object, as it was read first unless the
    statement asks for a fresh one. Nothing is written but what is written explicitly.
    """

    def __init__(self, *how: Any, **info: Any) -> None:
        super().__init__(*how, **info)
        self._added: list[SQLModel] = []
        self.known: Known = {}

    @overload
    async def exec(self, statement: SelectOfScalar[T]) -> Rows[T]: ...
    @overload
    async def exec(self, statement: Select[*Ts]) -> Rows[tuple[*Ts]]: ...
    @overload
    async def exec(self, statement: Any) -> Rows[Any]: ...
    async def exec(self, statement: Any) -> Rows[Any]:
        """Ask for rows of tables, or values of their columns."""
        if not isinstance(statement, Select | SelectOfScalar):
            return await self.execute(statement)
        form, sql, arguments = bind(statement, NONE)
        assert form is not None
        read, keys = find_reader(form, statement)
        fresh = bool(statement._execution_options.get("populate_existing"))
        records, count = await self.run(sql, arguments)
        known = self.known
        return Rows([read(record, known, fresh) for record in records], keys, count)

    async def execute(self, statement: Any, values: Any = None) -> Rows[Any]:
        """Run a statement that no table class stands for; for many values, many times."""
        if isinstance(values, list | tuple):
            return Rows([], (), await self._execute_many(statement, values), returns_rows=False)
        form, sql, arguments = bind(statement, values or NONE)
        records, count = await self.run(sql, arguments)
        found, keys = read_values(form, records)
        return Rows(found, keys, count, returns_rows=bool(keys))

    async def _execute_many(self, statement: Any, values: Sequence[Any]) -> int:
        """Run a statement for each of the values; return how many rows were written."""
        bound = [bind(statement, one)[1:] for one in values]
        if isinstance(statement, Insert) and statement._post_values_clause is None:
            for sql in dict.fromkeys(sql for sql, _ in bound):
                await self.run_many(sql, [given for text, given in bound if text == sql])
            return len(bound)
        return sum([(await self.run(*one))[1] for one in bound])

    async def get(self, table: type[T], key: Any) -> T | None:
        """Return the row of a key, read before or now."""
        place = (table, key if isinstance(key, tuple) else (key,))
        if (row := self.known.get(place)) is not None:
            return cast(T, row)
        columns = table.__table__.primary_key.columns  # type: ignore[attr-defined]
        tests = (c == value for c, value in zip(columns, place[1], strict=True))
        return cast(T | None, (await self.exec(SelectOfScalar(table).where(*tests))).one_or_none())

    async def get_one(self, table: type[T], key: Any) -> T:
        """Return the row of a key, which must be there."""
        if (row := await self.get(table, key)) is None:
            raise NoResultFound(f"There is no {table.__name__} of this key")
        return row

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
        changed = [row for row in self.known.values() if row not in added and list_changes(row)]
        await self._write(list(group_alike([*sort_by_table(added), *changed])))

    def begin_nested(self) -> Savepoint:
        """Open a savepoint, to be awaited."""
        return Savepoint(self)

    async def run_sync(self, act: Callable[["Session"], T]) -> T:
        """Run what waits without saying so, without blocking the loop."""
        found: T = await greenlet_spawn(act, self)
        return found

    async def commit(self) -> None:
        """Write what was added, and end so that it stands."""
        await self.flush()
        await super().commit()

    async def rollback(self) -> None:
        """End so that nothing stands, and forget every row."""
        self._added.clear()
        self.known.clear()
        await super().rollback()
