"""Settings of connections: at their start, or transaction by transaction behind a pooler.

A pooler in transaction mode (pgbouncer) lends a connection of the server for one transaction. It
passes on no startup settings, and the state of a session is met by somebody else: so settings are
local to the transaction, locks too, and statements have no names.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

from app.settings import Settings


def role_settings(role: str) -> dict[str, str]:
    """Return the connection settings that select a role; none where no role is named."""
    return {"role": role} if role else {}


def local_settings(settings: Mapping[str, str]) -> str:
    """Return the statement that makes settings hold until the transaction ends."""
    calls = (f"set_config('{name}', '{value}', true)" for name, value in settings.items())
    return f"SELECT {', '.join(calls)}"


def unnamed_statements() -> dict[str, Any]:
    """Return the arguments by which SQLAlchemy prepares no statement that outlives its use."""
    return {"prepared_statement_cache_size": 0, "prepared_statement_name_func": str}


@asynccontextmanager
async def open_transaction(settings: Settings) -> AsyncIterator[Any]:
    """Open one connection for one transaction in the role of the installation."""
    connection = await asyncpg.connect(settings.write_dsn, timeout=10, statement_cache_size=0)
    try:
        async with connection.transaction():
            if settings.database_role:
                await connection.execute(local_settings(role_settings(settings.database_role)))
            yield connection
    finally:
        await connection.close()
