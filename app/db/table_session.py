"""A session: a transaction, and the rows of tables that it has read and is to write."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, TypeVarTuple, cast, overload

from sqlalchemy import Insert
from sqlalchemy.exc import NoResultFound
from sqlalchemy.util import greenlet_spawn
from sqlmodel.sql.expression import Select, SelectOfScalar

from app.db.fixed_query import FixedQuery, ValuedQuery
from app.db.joined_reads import flatten, join_queries
from app.db.results import Rows
from app.db.row_reader import Read, find_reader, read_values
from app.db.row_transaction import RowTransaction
from app.db.savepoint import Savepoint
from app.db.statements import bind

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
NONE: Mapping[str, Any] = {}


class BoundQuery(NamedTuple):
    """A query with its arguments, and how its rows are read."""

    sql: str
    arguments: Sequence[Any]
    read: Read
    is_fresh: bool


def _bind_query(query: Any) -> BoundQuery:
    if isinstance(query, ValuedQuery):
        return BoundQuery(*query.query.bind(**query.values), query.query.read, True)
    form, sql, arguments = bind(query, NONE)
    assert form is not None
    fresh = bool(query._execution_options.get("populate_existing"))
    return BoundQuery(sql, arguments, find_reader(form, query)[0], fresh)


class Session(RowTransaction):
    """A transaction that reads and writes rows of tables.

    Rows are read whole. A row that is read twice is one object, as it was read first unless the
    statement asks for a fresh one. What was set and not yet written is written at the end.
    """

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

    async def exec_all(self, *statements: Any) -> Any:
        """Ask for the rows of several queries in one turn; fixed ones come with their values."""
        bound = [_bind_query(one) for one in statements]
        if not bound:
            return []
        texts, counts = tuple(one.sql for one in bound), tuple(len(one.arguments) for one in bound)
        records, _ = await self.run(
            join_queries(texts, counts), flatten([one.arguments for one in bound])
        )
        known = self.known
        return [
            [one.read(record, known, one.is_fresh) for record in found or ()]
            for one, found in zip(bound, records[0], strict=True)
        ]

    async def find(self, query: FixedQuery, **values: Any) -> list[Any]:
        """Send a query that is built once; its rows are fresh."""
        records, _ = await self.run(*query.bind(**values))
        known = self.known
        return [query.read(record, known, True) for record in records]

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

    def begin_nested(self, name: str = "") -> Savepoint:
        """Open a savepoint, to be awaited; one that is opened very often has a name of its own."""
        return Savepoint(self, name)

    async def run_sync(self, act: Callable[["Session"], T]) -> T:
        """Run what waits without saying so, without blocking the loop."""
        found: T = await greenlet_spawn(act, self)
        return found
