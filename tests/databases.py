"""Databases of a test's own, on the server of the run."""

import asyncio
import os

import asyncpg

PATIENCE = 20  # times


def url_of(name: str) -> str:
    """The address of a database on the server of the run."""
    return os.environ["BINHYEN_TEST_DATABASE_URL"].rpartition("/")[0] + f"/{name}"


async def run(url: str, script: str) -> list[asyncpg.Record]:
    """Run one statement, and leave no connection behind, whatever comes of it."""
    connection = await asyncpg.connect(url)
    try:
        found: list[asyncpg.Record] = await connection.fetch(script)
        return found
    finally:
        await connection.close()


async def drop(name: str) -> None:
    """Drop a database; the server may just be tidying in it, which only time ends."""
    for left in reversed(range(PATIENCE)):
        try:
            await run(os.environ["BINHYEN_TEST_DATABASE_URL"], _dropping(name))
            return
        except asyncpg.InsufficientPrivilegeError:
            if not left:
                raise
            await asyncio.sleep(0.5)


def _dropping(name: str) -> str:
    return f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'
