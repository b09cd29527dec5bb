"""Connections that carry JSON text from PostgreSQL untouched."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import astuple
from typing import Any, Protocol

import asyncpg

from app.db.base import now
from app.db.pooler import local_settings, role_settings
from app.db.query.audited_read import INSERT_READS, SET_READER, ReadAudit, insert_read
from app.db.query.statement import Statement
from app.db.session import Session

Values = Mapping[str, object]
MAX_WAIT = 5.0  # seconds for a connection: who waits longer had better come again
VERSION = "SELECT version_num FROM alembic_version"


class DatabaseUnavailable(Exception):
    """The database did not answer; the caller may try again soon."""


class Executor(Protocol):
    """Runs one read statement and returns its JSON as bytes."""

    async def fetch(self, statement: Statement, values: Values) -> bytes | None: ...

    async def fetch_audited(
        self, statement: Statement, values: Values, account: ReadAudit
    ) -> bytes | None: ...

    async def record(self, account: ReadAudit) -> None: ...


class _Connection(asyncpg.Connection):  # type: ignore[misc]
    def get_reset_query(self) -> str:
        """Return no reset query: reads leave no state behind."""
        return ""


async def _prepare(connection: Any) -> None:
    async with connection.transaction():  # it asks the catalogue: behind a pooler, of one server
        await connection.set_type_codec(
            "json", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
        )


SETTINGS = {"timezone": "Asia/Ho_Chi_Minh", "jit": "off", "statement_timeout": "5000"}
CONNECTION_ERRORS = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.QueryCanceledError,  # the statement took longer than it may
    asyncpg.InternalClientError,  # raised on a connection that is just being closed
)


class PoolExecutor:
    """A pool of bare connections for reads of one statement; another for audited reads.

    Whether the database answers is found out on a connection of its own, which no load takes.
    Behind a pooler each read is a transaction, with the settings that it holds by.
    """

    def __init__(
        self,
        pool: Any,
        accounting: Any,
        probe: Any,
        settings: dict[str, str] | None = None,
        exclusion_key: str = "",
    ) -> None:
        self.pool, self.accounting, self.probe = pool, accounting, probe
        self.exclusion_key = exclusion_key
        self._probing: asyncio.Task[str | None] | None = None
        self._local = local_settings(settings) if settings else None

    @classmethod
    async def connect(
        cls, dsn: str, *, size: int = 10, statement_cache: int = 500, role: str = "",
        write_dsn: str | None = None,
    ) -> "PoolExecutor":  # fmt: skip
        """Open the pools; reads may go to a replica, audited reads go to the primary."""
        how: dict[str, Any] = {"size": size, "statement_cache": statement_cache, "role": role}
        pool = await _pool(dsn, least=1, read_only="on", **how)
        accounting = await _pool(write_dsn or dsn, least=0, read_only="off", **how)
        probe = await _pool(dsn, least=0, read_only="on", **how | {"size": 1})
        local = None if statement_cache else SETTINGS | role_settings(role)
        return cls(pool, accounting, probe, local)

    async def fetch(self, statement: Statement, values: Values) -> bytes | None:
        found: bytes | None = await self._value(statement.sql, *statement.arguments(values))
        return found

    async def fetch_audited(
        self, statement: Statement, values: Values, account: ReadAudit
    ) -> bytes | None:
        """Read as the actor and write the audit entry; nothing is returned before both are done."""
        try:
            async with self._transaction(self.accounting) as connection:
                await self._enter(connection, account)
                found = await connection.fetchrow(statement.sql, *statement.arguments(values))
                return await _pool_options(connection, account, *found)
        except CONNECTION_ERRORS as error:
            raise DatabaseUnavailable from error

    async def record(self, account: ReadAudit) -> None:
        """Write audit entries of a read that was refused."""
        try:
            async with self.accounting.acquire() as connection, connection.transaction():
                await self._enter(connection, account)
                await _pool_options(connection, account, None)
        except CONNECTION_ERRORS as error:
            raise DatabaseUnavailable from error

    async def _enter(self, connection: Any, account: ReadAudit) -> None:
        """Let the policies know who reads, and when."""
        at = now().isoformat()
        await connection.execute(SET_READER, *account.actor, self.exclusion_key, at)

    async def schema_version(self) -> str | None:
        """Return the migration that the database is at; who asks meanwhile gets the same answer."""
        if self._probing is None or self._probing.done():
            self._probing = asyncio.create_task(self._probe())
        return await asyncio.shield(self._probing)

    async def _probe(self) -> str | None:
        try:
            async with asyncio.timeout(MAX_WAIT):
                found: str | None = await self._fetchval(self.probe, VERSION)
        except CONNECTION_ERRORS as error:
            raise DatabaseUnavailable from error
        return found

    async def _value(self, sql: str, *arguments: object) -> Any:
        try:
            return await self._fetchval(self.pool, sql, *arguments)
        except CONNECTION_ERRORS as error:
            raise DatabaseUnavailable from error

    async def _fetchval(self, pool: Any, sql: str, *arguments: object) -> Any:
        if self._local is None:
            async with pool.acquire(timeout=MAX_WAIT) as connection:
                return await connection.fetchval(sql, *arguments)
        async with self._transaction(pool, readonly=True) as connection:
            return await connection.fetchval(sql, *arguments)

    @asynccontextmanager
    async def _transaction(self, pool: Any, *, readonly: bool = False) -> AsyncIterator[Any]:
        async with (
            pool.acquire(timeout=MAX_WAIT) as connection,
            connection.transaction(readonly=readonly),
        ):
            if self._local:
                await connection.execute(self._local)
            yield connection

    async def close(self) -> None:
        await self.pool.close()
        await self.accounting.close()
        await self.probe.close()


async def _pool(
    dsn: str, *, least: int, read_only: str, size: int, statement_cache: int, role: str
) -> Any:
    own = SETTINGS | {"default_transaction_read_only": read_only} | role_settings(role)
    return await asyncpg.create_pool(
        dsn,
        min_size=least,
        max_size=size,
        connection_class=_Connection,
        init=_prepare,
        command_timeout=10,
        statement_cache_size=statement_cache,
        max_cached_statement_lifetime=0,
        server_settings=own if statement_cache else None,
    )


async def _pool_options(
    connection: Any, account: ReadAudit, answer: bytes | None, *ids: Sequence[str]
) -> bytes | None:
    for entry in account.of(answer, ids):
        await connection.execute(INSERT_READS, *astuple(entry))
    return answer


class SessionExecutor:
    """Reads inside a writing transaction, so that a response shows its own changes."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def fetch(self, statement: Statement, values: Values) -> bytes | None:
        answer, *_ = await self._fetch(await self.session.connect(), statement, values)
        return _encode(answer)

    async def fetch_audited(
        self, statement: Statement, values: Values, account: ReadAudit
    ) -> bytes | None:
        """Read in the actor's transaction and write the audit entry with it."""
        bare = await self.session.connect()
        answer, *ids = await self._fetch(bare, statement, values)
        for entry in account.of(_encode(answer), ids):
            self.session.end_with(insert_read(entry))
        return _encode(answer)

    async def record(self, account: ReadAudit) -> None:
        """Write nothing: the change whose answer this is needs the same permission, and failed."""

    async def _fetch(self, bare: Any, statement: Statement, values: Values) -> Any:
        """Return the result as text, since this connection would parse JSON; then the ids."""
        ids = (f", ids_{n}" for n in range(len(statement.sensitive)))
        sql = f"SELECT answer::text{''.join(ids)} FROM ({statement.sql}) AS found(answer)"
        return await bare.fetchrow(sql, *statement.arguments(values))


def _encode(answer: str | None) -> bytes | None:
    return None if answer is None else answer.encode()
