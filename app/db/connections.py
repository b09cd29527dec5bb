"""Bare connections that write, each lent for one transaction."""

import asyncio
from collections.abc import Callable
from typing import Any

import asyncpg
import orjson
from sqlalchemy.exc import TimeoutError as PoolTimeout

MAX_WAIT = 5.0  # seconds for a connection
MARK = b"\x01"  # with which PostgreSQL begins what is jsonb
PROTECTED = "SELECT relname FROM pg_class WHERE relrowsecurity"
TOO_LATE = f"No connection was free within {MAX_WAIT:.0f} seconds"


class Connections:
    """A pool: the connection that was used last is lent first; those above its size are closed."""

    def __init__(self, dsn: str, *, size: int, more: int = 0, **how: Any) -> None:
        self._dsn, self._how, self.size = dsn, how, size
        self._idle: list[Any] = []
        self._lent = 0
        self._free = asyncio.Semaphore(size + more)
        self._closed = False
        self.protected: frozenset[str] = frozenset()  # tables whose rows have policies

    @property
    def in_use(self) -> int:
        return self._lent

    @property
    def open(self) -> int:
        return self._lent + len(self._idle)

    async def acquire(self) -> Any:
        """Lend a connection; refuse who would wait for too long."""
        if not self._free.locked():
            await self._free.acquire()
        else:
            await self._wait()
        self._lent += 1
        try:
            while self._idle:
                if not (connection := self._idle.pop()).is_closed():
                    return connection
            connection = await _open(self._dsn, self._how)
            found = await connection.fetch(PROTECTED)
            self.protected = frozenset(row["relname"] for row in found)
            return connection
        except BaseException:
            self._return_turn()
            raise

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(MAX_WAIT):
                await self._free.acquire()
        except TimeoutError:
            raise PoolTimeout(TOO_LATE) from None

    def release(self, connection: Any) -> None:
        """Take a connection back; one that is still in a transaction is of no more use."""
        if not connection.is_closed():
            spare = self._closed or len(self._idle) >= self.size
            if spare or connection.is_in_transaction():
                connection.terminate()
            else:
                self._idle.append(connection)
        self._return_turn()

    def _return_turn(self) -> None:
        self._lent -= 1
        self._free.release()

    async def close(self) -> None:
        """Close what is idle now, and the rest as it comes back."""
        self._closed = True
        while self._idle:
            await self._idle.pop().close()


async def _open(dsn: str, how: dict[str, Any]) -> Any:
    """Open a connection that takes JSON as text, and gives it parsed."""
    connection = await asyncpg.connect(dsn, **how)
    try:
        async with connection.transaction():  # it asks the catalogue: of one server, at a pooler
            await _set_codec(connection, "json", str.encode, orjson.loads)
            await _set_codec(connection, "jsonb", _mark, lambda found: orjson.loads(found[1:]))
    except BaseException:
        connection.terminate()
        raise
    return connection


def _mark(text: str) -> bytes:
    return MARK + text.encode()


async def _set_codec(
    connection: Any, name: str, encode: Callable[[str], bytes], decode: Callable[[bytes], Any]
) -> None:
    await connection.set_type_codec(
        name, schema="pg_catalog", encoder=encode, decoder=decode, format="binary"
    )
