"""Engine and sessions. Commit lives here and nowhere else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import CursorResult, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    async_sessionmaker,
    create_async_engine,
)
from sqlmodel.ext.asyncio.session import AsyncSession as Session

from app.db.pooler import local_settings, role_settings
from app.settings import Settings

MAX_CACHED = 100
MAX_WAIT = 5.0  # seconds for a connection
# as SET TRANSACTION READ ONLY, and the longest that one statement may take
BEGIN_FIGURE = (
    "SELECT set_config('transaction_read_only', 'on', true), "
    "set_config('statement_timeout', '15s', true)"
)
EXCLUSION_KEY = "exclusion_key"  # what a session has of it, in hexadecimal


class Database:
    """Sessions that write; each is one transaction."""

    def __init__(self, engine: AsyncEngine, size: int = 10) -> None:
        self.engine = engine
        self._figures = asyncio.Semaphore(max(1, size // 2))
        self._open = (
            async_sessionmaker(  # a question writes nothing: rows are saved in so many words
                engine, class_=Session, expire_on_commit=False, autoflush=False
            )
        )

    def give_exclusion_key(self, key: str) -> None:
        """Let sessions of actors have the key by which policies know excluded units."""
        self._open.configure(info={EXCLUSION_KEY: key})

    @classmethod
    def of(cls, settings: Settings, *, size: int | None = None, more: int = 10) -> "Database":
        """Connect to the database of an installation, in its role."""
        return cls.connect(
            settings.write_dsn,
            size=size or settings.pool_size,
            more=more,
            statement_cache=min(settings.statement_cache_size, MAX_CACHED),
            role=settings.database_role,
        )

    @classmethod
    def connect(
        cls, dsn: str, *, size: int = 10, more: int = 10, statement_cache: int = MAX_CACHED,
        role: str = "",
    ) -> "Database":  # fmt: skip
        """Connect in a role of the database, or as the login itself.

        Without a cache of statements, nothing is left on a connection between transactions.
        """
        settings = {"timezone": "Asia/Ho_Chi_Minh", "jit": "off"} | role_settings(role)
        engine = create_async_engine(
            "postgresql+asyncpg://",
            pool_size=size,
            max_overflow=more,
            pool_timeout=MAX_WAIT,
            hide_parameters=True,  # an error quotes the statement, never what was in it
            connect_args={
                "dsn": dsn,
                "statement_cache_size": statement_cache,
                "command_timeout": 120,
                **(unnamed_statements() if not statement_cache else {"server_settings": settings}),
            },
        )
        if not statement_cache:
            _set_in_transactions(engine, local_settings(settings))
        return cls(engine, size)

    @asynccontextmanager
    async def read_transaction(self) -> AsyncIterator[Session]:
        async with self._open.begin() as session:
            await execute(session, text("SET TRANSACTION READ ONLY"))
            yield session

    @asynccontextmanager
    async def figure_transaction(self) -> AsyncIterator[Session]:
        """Read what may take long: for a limited time, and never on more than half the pool."""
        async with asyncio.timeout(MAX_WAIT):
            await self._figures.acquire()
        try:
            async with self._open.begin() as session:
                await execute(session, text(BEGIN_FIGURE))
                yield session
        finally:
            self._figures.release()

    @asynccontextmanager
    async def write_transaction(self) -> AsyncIterator[Session]:
        async with self._open.begin() as session:
            yield session

    async def close(self) -> None:
        await self.engine.dispose()


def unnamed_statements() -> dict[str, Any]:
    """Return the arguments by which SQLAlchemy prepares no statement that outlives its use."""
    return {"prepared_statement_cache_size": 0, "prepared_statement_name_func": str}


def _set_in_transactions(engine: AsyncEngine, statement: str) -> None:
    """Make every transaction begin with its own settings."""

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)


def exclusion_key_of(session: Session) -> str:
    """Return the key by which policies know excluded units; empty where this server has none."""
    return str(session.info.get(EXCLUSION_KEY, ""))


async def execute(session: Session, statement: Any, values: Any = None) -> CursorResult[Any]:
    """Run a statement that no table class stands for."""
    connection: AsyncConnection = await session.connection()
    found: CursorResult[Any] = await connection.execute(statement, values)
    return found


@asynccontextmanager
async def open_apart(session: Session) -> AsyncIterator[Session]:
    """Give a transaction up and open another: what that writes stays, though this one fails."""
    engine = session.bind
    await session.rollback()  # first, or a pool could be full of transactions that wait for it
    async with Session(engine, expire_on_commit=False) as other, other.begin():
        yield other


async def act_as(session: Session, role: str) -> None:
    """Act in another role of the database until this transaction ends, or acts in a third."""
    await execute(session, text(f"SET LOCAL ROLE {role}"))


__all__ = [
    "Database",
    "Session",
    "act_as",
    "exclusion_key_of",
    "execute",
    "open_apart",
    "role_settings",
]
