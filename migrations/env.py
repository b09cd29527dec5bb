"""The environment of migrations: their connection and their comparison."""

import asyncio
import os
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from app.db import tables
from app.db.tables.jobs import NOT_OURS

for module in iter_modules(tables.__path__):  # the comparison needs the tables of all features
    import_module(f"{tables.__name__}.{module.name}")

ONE_AT_A_TIME = 7_300_001  # advisory lock: two starts at once migrate one after the other


def is_ours(thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    if kind != "table":
        return True
    return not (thing.info.get("is_view") or str(name).startswith(NOT_OURS))


def run(connection: Connection) -> None:
    connection.execute(text(f"SELECT pg_advisory_lock({ONE_AT_A_TIME})"))
    connection.commit()
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
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.connect() as connection:
        await connection.run_sync(run)
    await engine.dispose()


URL = context.config.attributes.get("url") or os.environ["BINHYEN_DATABASE_URL"]
asyncio.run(connect(URL.replace("postgresql://", "postgresql+asyncpg://", 1)))
