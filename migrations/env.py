"""The environment of migrations: their connection and their comparison."""

import asyncio
import os
from typing import Any

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

import app.db.tables.audit
import app.db.tables.auth
import app.db.tables.calendars
import app.db.tables.commendations
import app.db.tables.committees
import app.db.tables.deadlines
import app.db.tables.documents
import app.db.tables.forces
import app.db.tables.login
import app.db.tables.model_records
import app.db.tables.programme_models
import app.db.tables.records
import app.db.tables.stated_tallies
import app.db.tables.team_members
import app.db.tables.tip_parts
import app.db.tables.tip_transfers
import app.db.tables.tips
import app.db.tables.units  # noqa: F401
from app.db.tables.jobs import NOT_OURS

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
