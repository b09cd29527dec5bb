"""A worker in this process: runs jobs while the database is there, waits while it is not."""

import asyncio
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
    expiry,
    overdue_deadlines,
    overdue_tips,
    tip_retention,
)
from app.jobs.registry import DEFAULT_SCHEDULE, TASKS, Schedule, Task

LOG = structlog.get_logger()
STEADY = 60.0  # seconds: who worked so long begins again with the shortest wait
REGISTERED = (
    expiry,
    overdue_deadlines,
    audit_seals,
    attachment_cleanup,
    tip_retention,
    overdue_tips,
)  # imported for their tasks


class Worker:
    """Started once, stopped once; nothing that happens to the database ends it between."""

    def __init__(
        self, dsn: str, database: Database, *, listen: bool = True, role: str = "",
        tasks: Mapping[str, Task] = TASKS, pace: Schedule = DEFAULT_SCHEDULE,
    ) -> None:  # fmt: skip
        self.running = False
        self._dsn, self._database, self._listen, self._role = dsn, database, listen, role
        self._tasks, self._pace = tasks, pace
        self._stopping = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    def start(self) -> Self:
        """Begin to work, in the background; whoever starts a server does not wait for it."""
        self._keeping = asyncio.create_task(self._keep(), name="worker")
        return self

    async def stop(self) -> None:
        """Let running jobs finish for a moment, put back what does not, leave no connection."""
        self._stopping.set()
        if self._keeping:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping

    async def _keep(self) -> None:
        engine = await asyncio.to_thread(_engine)
        first, longest = self._pace.backoff
        wait = first
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                await self._work(engine)
            except Exception as error:
                LOG.warning("worker_waits", error=type(error).__name__)
            finally:
                self.running = False
            wait = first if time.monotonic() - began > STEADY else wait
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)
            wait = min(2 * wait, longest)

    async def _work(self, engine: ModuleType) -> None:
        pool = engine.connections(self._dsn, listen=self._listen, role=self._role)
        try:
            await pool.open(wait=True, timeout=5)
            self.running = True
            await engine.work(pool, self._tasks, self._database, self._pace, self._listen)
        finally:
            await pool.close()


def _engine() -> ModuleType:
    """The library, loaded beside the first answers and not before them."""
    from app.jobs import engine

    return engine
