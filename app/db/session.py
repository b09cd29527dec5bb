"""Sessions of a database. Commit lives here and nowhere else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from app.db.connections import MAX_WAIT, Connections
from app.db.pooler import local_settings, role_settings
from app.db.results import Rows
from app.db.table_session import Session
from app.settings import Settings

MAX_CACHED = 300
READ_ONLY = "SET TRANSACTION READ ONLY"
# How figures are added up: for a limited time, in memory, from pages that are at hand, on one core.
FIGURE_SETTINGS = {
    "statement_timeout": "15s", "work_mem": "32MB", "random_page_cost": "1.1",
    "max_parallel_workers_per_gather": "0",
}  # fmt: skip
FIGURE = "; ".join((READ_ONLY, *(f"SET LOCAL {k} = '{v}'" for k, v in FIGURE_SETTINGS.items())))
EXCLUSION_KEY = "exclusion_key"  # what a session has of it, in hexadecimal


class Database:
    """Sessions that write; each is one transaction."""

    def __init__(self, connections: Connections, begin: str = "BEGIN") -> None:
        self.connections, self._begin = connections, begin
        self._figures = asyncio.Semaphore(max(1, connections.size // 2))
        self._info: dict[str, str] = {}

    def give_exclusion_key(self, key: str) -> None:
        """Let sessions of actors have the key by which policies know excluded units."""
        self._info[EXCLUSION_KEY] = key

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
        connections = Connections(
            dsn,
            size=size,
            more=more,
            statement_cache_size=statement_cache,
            max_cached_statement_lifetime=0,
            command_timeout=120,
            server_settings=settings if statement_cache else None,
        )
        begin = "BEGIN" if statement_cache else f"BEGIN; {local_settings(settings)}"
        return cls(connections, begin)

    @asynccontextmanager
    async def read_transaction(self) -> AsyncIterator[Session]:
        async with self._open(READ_ONLY) as session:
            yield session

    @asynccontextmanager
    async def figure_transaction(self) -> AsyncIterator[Session]:
        """Read what may take long: for a limited time, and never on more than half the pool."""
        async with asyncio.timeout(MAX_WAIT):
            await self._figures.acquire()
        try:
            async with self._open(FIGURE) as session:
                yield session
        finally:
            self._figures.release()

    @asynccontextmanager
    async def write_transaction(self) -> AsyncIterator[Session]:
        async with self._open() as session:
            yield session

    @asynccontextmanager
    async def _open(self, *more: str) -> AsyncIterator[Session]:
        session = Session(self.connections, "; ".join((self._begin, *more)), **self._info)
        async with _ending(session):
            yield session

    async def close(self) -> None:
        await self.connections.close()


@asynccontextmanager
async def _ending(session: Session) -> AsyncIterator[None]:
    """Commit at the end, or roll back where it fails, even for who has gone meanwhile."""
    try:
        yield
        await session.commit()
    except BaseException:
        await asyncio.shield(session.rollback())
        raise


def exclusion_key_of(session: Session) -> str:
    """Return the key by which policies know excluded units; empty where this server has none."""
    return str(session.info.get(EXCLUSION_KEY, ""))


async def execute(session: Session, statement: Any, values: Any = None) -> Rows[Any]:
    """Run a statement that no table class stands for."""
    return await session.execute(statement, values)


@asynccontextmanager
async def open_apart(session: Session) -> AsyncIterator[Session]:
    """Give a transaction up and open another: what that writes stays, though this one fails."""
    await session.rollback()  # first, or a pool could be full of transactions that wait for it
    other = session.open_another()
    async with _ending(other):
        yield other


async def act_as(session: Session, role: str) -> None:
    """Act in another role of the database until this transaction ends, or acts in a third."""
    statement = f"SET LOCAL ROLE {role}"
    if session.has_begun:
        await session.run(statement)
    else:
        await session.begin_with("role", statement)


__all__ = [
    "Database",
    "Session",
    "act_as",
    "exclusion_key_of",
    "execute",
    "open_apart",
    "role_settings",
]
