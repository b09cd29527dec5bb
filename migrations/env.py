"""The environment of migrations: their connection and their comparison."""

import asyncio
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from app.db import tables
from app.db.pooler import unnamed_statements
from app.db.tables.jobs import NOT_OURS
from app.settings import OwnerSettings

for module in iter_modules(tables.__path__):  # the comparison needs the tables of all features
    import_module(f"{tables.__name__}.{module.name}")

ONE_AT_A_TIME = 7_300_001  # advisory lock: two starts at once migrate one after the other


def is_ours(thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    if kind != "table":
        return True
    return not (thing.info.get("is_view") or str(name).startswith(NOT_OURS))


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        include_object=is_ours,
        compare_server_default=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


async def connect(url: str) -> None:
    """Migrate while a transaction beside it holds the lock.

    A pooler in transaction mode would hand a lock of a session on to somebody else.
    """
    how = unnamed_statements() | {"dsn": url, "statement_cache_size": 0}
    engine = create_async_engine("postgresql+asyncpg://", poolclass=pool.NullPool, connect_args=how)
    async with engine.begin() as gate, engine.connect() as connection:
        await gate.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        await gate.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(connect(context.config.attributes.get("url") or OwnerSettings().write_dsn))
