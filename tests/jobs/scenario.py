"""Basis of the tests of jobs: workers in a hurry, and a queue that can be looked at."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import text

from app.db.jobs import JobRow, list_jobs
from app.db.session import Database, execute
from app.jobs.registry import Schedule, Task
from app.jobs.worker import Worker

HURRY = Schedule(heartbeat=0.3, stalled=1.5, rescue="* * * * * *", poll=0.2, backoff=(0.2, 0.5))
EVERY = ("todo", "doing", "succeeded", "failed", "cancelled", "aborted")
PATIENCE = 30.0


@asynccontextmanager
async def working(
    dsn: str, database: Database, *tasks: Task, schedule: Schedule = HURRY
) -> AsyncIterator[Worker]:
    """A worker that knows these tasks only."""
    worker = Worker(
        dsn, database, tasks={task.name: task for task in tasks}, schedule=schedule
    ).start()
    try:
        yield worker
    finally:
        await worker.stop()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + PATIENCE
    while not await true():
        assert time.monotonic() < deadline, "waited in vain"
        await asyncio.sleep(0.05)


async def queue(database: Database, task: str) -> list[JobRow]:
    """Every job of a task there is, the newest first."""
    async with database.read_transaction() as session:
        return [job for job in await list_jobs(session, *EVERY, most=1000) if job.task == task]


async def until_settled(database: Database, task: str, state: str = "succeeded") -> JobRow:
    """Wait until the only job of a task has come to a state."""

    async def there() -> bool:
        return [job.state for job in await queue(database, task)] == [state]

    await until(there)
    return (await queue(database, task))[0]


async def run(database: Database, sql: str, **values: Any) -> Any:
    """One statement in a transaction of its own; its first value."""
    async with database.write_transaction() as session:
        found = await execute(session, text(sql), values)
        return found.scalar() if found.returns_rows else None


async def connections(database: Database) -> int:
    """Count the connections that workers hold on this database."""
    return int(
        await run(
            database,
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE application_name = 'binhyen-worker' AND datname = current_database()",
        )
    )
