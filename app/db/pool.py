"""Connections that carry JSON text from PostgreSQL untouched."""

from collections.abc import Mapping
from typing import Any, Protocol

import asyncpg

from app.db.session import Session
from app.db.statement import Statement


class Unreachable(Exception):
    """The database did not answer; the caller may try again soon."""


class Fetcher(Protocol):
    """Whatever can run one read statement and hand back its JSON as bytes."""

    async def fetch(self, statement: Statement, values: Mapping[str, object]) -> bytes | None: ...


class _Connection(asyncpg.Connection):  # type: ignore[misc]
    def get_reset_query(self) -> str:
        """Reads leave no state behind, so no round trip clears it."""
        return ""


async def _prepare(connection: Any) -> None:
    await connection.set_type_codec(
        "json", schema="pg_catalog", encoder=bytes, decoder=bytes, format="binary"
    )


GONE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InternalClientError,  # asked of a connection that is just being told that it ends
)


class Reader:
    """A pool of bare connections for reads, each of one statement."""

    def __init__(self, pool: Any) -> None:
        self.pool = pool

    @classmethod
    async def connect(cls, dsn: str, *, size: int = 10, statement_cache: int = 500) -> "Reader":
        pool = await asyncpg.create_pool(
            dsn,
            min_size=1,
            max_size=size,
            connection_class=_Connection,
            init=_prepare,
            command_timeout=10,
            statement_cache_size=statement_cache,
            max_cached_statement_lifetime=0,
            server_settings={
                "timezone": "Asia/Ho_Chi_Minh",
                "jit": "off",
                "default_transaction_read_only": "on",
                "statement_timeout": "5000",
            },
        )
        return cls(pool)

    async def fetch(self, statement: Statement, values: Mapping[str, object]) -> bytes | None:
        found: bytes | None = await self._value(statement.sql, *statement.arguments(values))
        return found

    async def schema_version(self) -> str | None:
        """Up to which migration the database has come."""
        found: str | None = await self._value("SELECT version_num FROM alembic_version")
        return found

    async def _value(self, sql: str, *arguments: object) -> Any:
        try:
            return await self.pool.fetchval(sql, *arguments)
        except GONE as error:
            raise Unreachable from error

    async def close(self) -> None:
        await self.pool.close()


class Inside:
    """Reads inside a transaction that writes, so that an answer shows what was just done."""

    def __init__(self, session: Session) -> None:
        self.session = session

    async def fetch(self, statement: Statement, values: Mapping[str, object]) -> bytes | None:
        connection = await (await self.session.connection()).get_raw_connection()
        bare: Any = connection.driver_connection
        as_text = f"SELECT answer::text FROM ({statement.sql}) AS asked(answer)"
        found: str | None = await bare.fetchval(as_text, *statement.arguments(values))
        return None if found is None else found.encode()
