"""A transaction on one bare connection, begun by its first statement."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Self

import asyncpg

from app.db.connections import Connections
from app.db.database_errors import translate_error

ROLLBACK_WITHIN = 10.0  # seconds
Refusal = Callable[[Any], Awaitable[Exception]]


class Transaction:
    """A transaction: its connection is its own until it ends.

    What has to be done first travels with BEGIN, and what has to be done last with COMMIT, each in
    one turn; these statements bring no rows, but may refuse by a code that somebody explains.
    """

    def __init__(self, connections: Connections, begin: str = "BEGIN", **info: Any) -> None:
        self.connections, self.begin, self.info = connections, begin, info
        self._connection: Any = None
        self._opening: dict[str, str] = {}
        self._refusals: dict[str, Refusal] = {}
        self._closing: list[str] = []
        self._refused: Exception | None = None

    @property
    def has_begun(self) -> bool:
        return self._connection is not None

    async def begin_with(
        self, name: str, statement: str, refusals: Mapping[str, Refusal] | None = None
    ) -> None:
        """Run a statement once, with BEGIN where that is still to come; explain its refusals."""
        self._refusals.update(refusals or {})
        if self._opening.get(name) == statement:
            return
        self._opening[name] = statement
        if self._connection is not None:
            await self._open(statement)

    def list_opened(self) -> dict[str, str]:
        """Return what was run once so far, by name."""
        return dict(self._opening)

    def reopen(self, opened: Mapping[str, str]) -> None:
        """Forget what was run once since: it was taken back, and is run again if wanted."""
        self._opening = dict(opened)

    def end_with(self, statement: str) -> None:
        """Run a statement with COMMIT."""
        self._closing.append(statement)

    async def connect(self) -> Any:
        """Return the connection of this transaction, which begins now if it has not."""
        if self._refused:  # a caller that caught it does not go on either
            raise self._refused
        if self._connection is None:
            self._connection = await self.connections.acquire()
            await self._open("; ".join((self.begin, *self._opening.values())))
        return self._connection

    async def _open(self, statements: str) -> None:
        try:
            await self._connection.execute(statements)
        except Exception as error:
            refused = self._refusals.get(getattr(error, "sqlstate", None) or "")
            if refused is None:
                raise translate_error(error, statements, closed=self._is_closed()) from error
            await self._refuse(refused)

    async def _refuse(self, explain: Refusal) -> None:
        """End this transaction, and say why it was refused; another one finds that out."""
        await self.rollback()
        other = self.open_another()
        try:
            self._refused = await explain(other)
        finally:
            await other.rollback()
        raise self._refused from None

    def begin_without(self, name: str) -> None:
        """Begin again without what was to be done first, such as that which refused."""
        self._opening.pop(name, None)
        self._refused = None

    async def _call(self, act: str, sql: str, *more: Any, **how: Any) -> Any:
        """Call the driver; its errors become those that callers know."""
        connection = self._connection or await self.connect()
        try:
            return await getattr(connection, act)(sql, *more, **how)
        except Exception as error:
            raise translate_error(error, sql, closed=self._is_closed()) from error

    def _is_closed(self) -> bool:
        return self._connection is not None and bool(self._connection.is_closed())

    async def run(self, sql: str, arguments: Sequence[Any] = ()) -> tuple[list[Any], int]:
        """Run a statement of the driver; return its rows, and how many it has written or found."""
        rows, status, _ = await self._call("_execute", sql, arguments, 0, None, return_status=True)
        count = status.rpartition(b" ")[2] if status else b""
        return rows or [], int(count) if count.isdigit() else -1

    async def run_many(self, sql: str, arguments: Sequence[Sequence[Any]]) -> None:
        """Run a statement of the driver for each of the arguments, all of them in one turn."""
        if len(arguments) == 1:
            await self.run(sql, arguments[0])
        elif arguments:
            await self._call("executemany", sql, arguments)

    async def commit(self) -> None:
        """End this transaction so that what it wrote stands."""
        if self._opening or self._closing or self._refused:
            await self.connect()  # what has to be done first is done, whatever follows
        if self._connection is not None:
            ended = await self._call("execute", "; ".join((*self._closing, "COMMIT")))
            self._release()
            if ended != "COMMIT":
                raise RuntimeError("The transaction had failed before: nothing of it stands")

    async def rollback(self) -> None:
        """End this transaction so that nothing of it stands."""
        self._closing.clear()
        if self._connection is None:
            return
        try:
            if not self._connection.is_closed():
                await self._connection.execute("ROLLBACK", timeout=ROLLBACK_WITHIN)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError):
            self._connection.terminate()
        finally:
            self._release()

    def _release(self) -> None:
        connection, self._connection = self._connection, None
        self.connections.release(connection)

    def open_another(self) -> Self:
        """Return a transaction of the same database that begins with nothing of this one."""
        return type(self)(self.connections, self.begin)
