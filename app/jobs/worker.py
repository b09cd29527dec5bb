"""A worker in this process: it runs jobs while the database is available, and waits otherwise."""

import asyncio
import gc
import time
from collections.abc import Mapping
from contextlib import suppress
from types import ModuleType
from typing import Self

import structlog

from app.db.session import Database
from app.jobs import (
    attachment_cleanup,
    audit_seals,
    case_purge,
    expiry,
    exports,
    imports,
    late_places,
    overdue_deadlines,
    overdue_tips,
    quarter_reports,
    tip_retention,
    webhooks,
)
from app.jobs.registry import DEFAULT_SCHEDULE, TASKS, Schedule, Task

LOG = structlog.get_logger()
STABLE_RUN = 60.0  # seconds: after so long a run, the waits begin again with the shortest
REGISTERED = (
    expiry,
    overdue_deadlines,
    audit_seals,
    attachment_cleanup,
    tip_retention,
    overdue_tips,
    late_places,
    case_purge,
    quarter_reports,
    imports,
    exports,
    webhooks,
)  # imported for their tasks


class Worker:
    """A worker, started once and stopped once; no loss of the database ends it between."""

    def __init__(
        self, dsn: str, database: Database, *, listen: bool = True, role: str = "",
        tasks: Mapping[str, Task] = TASKS, schedule: Schedule = DEFAULT_SCHEDULE,
    ) -> None:  # fmt: skip
        self.running = False
        self._dsn, self._database, self._listen, self._role = dsn, database, listen, role
        self._tasks, self._schedule = tasks, schedule
        self._stopping = asyncio.Event()
        self._loop_task: asyncio.Task[None] | None = None

    def start(self) -> Self:
        """Start to work in the background, so that the server's start does not wait for it."""
        self._loop_task = asyncio.create_task(self._loop(), name="worker")
        return self

    async def stop(self) -> None:
        """Let running jobs finish for a moment, put back the others, leave no connection."""
        self._stopping.set()
        if self._loop_task:
            self._loop_task.cancel()
            with suppress(asyncio.CancelledError):
                await self._loop_task

    async def _loop(self) -> None:
        engine = await asyncio.to_thread(_engine)
        first, longest = self._schedule.backoff
        wait = first
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                await self._work(engine)
            except Exception as error:
                LOG.warning("worker_waits", error=type(error).__name__)
            finally:
                self.running = False
            wait = first if time.monotonic() - began > STABLE_RUN else wait
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)
            wait = min(2 * wait, longest)

    async def _work(self, engine: ModuleType) -> None:
        pool = engine.create_pool(self._dsn, listen=self._listen, role=self._role)
        try:
            await pool.open(wait=True, timeout=5)
            self.running = True
            await engine.run_jobs(pool, self._tasks, self._database, self._schedule, self._listen)
        finally:
            await pool.close()


def _engine() -> ModuleType:
    """Import the library in a thread, so that it does not delay the first responses."""
    from app.jobs import engine

    gc.freeze()  # a full collection of what lives for ever would hold the loop for 0.3 s
    return engine
