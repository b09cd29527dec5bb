"""Run our tasks with procrastinate, and rescue jobs whose worker was killed."""

import asyncio
from collections.abc import Mapping
from typing import Any

from procrastinate import App, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy
from psycopg_pool import AsyncConnectionPool

from app.db.errors import is_unavailable
from app.db.jobs import QUEUE, note_fault, try_lock
from app.db.session import Database
from app.jobs.queue_connections import create_pool
from app.jobs.registry import MAX_RUNS, Schedule, Task
from app.jobs.run_monitor import ABORTED, monitor_run

RESCUE = "rescue_stalled"
RECONNECT_DELAY = 1.0  # seconds: a connection broken while idle shows only when it is used
RESCUE_LOCK = 7_300_006  # advisory lock: two concurrent rescues of one job would run it twice


class RetryPolicy(BaseRetryStrategy):
    """A retry policy: an interrupted job goes back at once, a failed one waits as its task says."""

    def __init__(self, task: Task) -> None:
        self.task = task

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, ABORTED):
            return RetryDecision()
        wait = self.task.wait_after(job.attempts)
        return RetryDecision(retry_in={"seconds": wait}) if wait else None


async def run_jobs(
    pool: AsyncConnectionPool,
    tasks: Mapping[str, Task],
    database: Database,
    schedule: Schedule,
    listen: bool,
) -> None:
    """Run jobs until cancelled or the database is lost."""
    app = App(connector=PsycopgConnector())
    for task in tasks.values():
        _add(app, task, database)
    _add_rescue(app, database, schedule)
    await app.open_async(pool)  # its owner closes the pool
    await app.run_worker_async(
        queues=[QUEUE], listen_notify=listen, install_signal_handlers=False,
        concurrency=schedule.concurrency,
        fetch_job_polling_interval=schedule.poll, shutdown_graceful_timeout=schedule.grace,
        update_heartbeat_interval=schedule.heartbeat, stalled_worker_timeout=schedule.stalled,
        worker_middleware=[monitor_run(database)],
    )  # fmt: skip


def _add(app: App, task: Task, database: Database) -> None:
    async def run(timestamp: int | None = None, **arguments: Any) -> None:
        try:
            await task.run(database, **arguments)
        except Exception as error:
            if not is_unavailable(error):
                raise
            await asyncio.sleep(RECONNECT_DELAY)
            await task.run(database, **arguments)

    once = task.name if task.cron else None  # one waits, one runs
    added = app.task(
        name=task.name, queue=QUEUE, lock=once, queueing_lock=once, retry=RetryPolicy(task)
    )(run)
    if task.cron:
        app.periodic(cron=task.cron)(added)


def _add_rescue(app: App, database: Database, schedule: Schedule) -> None:
    """Add the rescue task without the lock of periodic tasks: a dead worker would hold it."""

    @app.periodic(cron=schedule.rescue)
    @app.task(name=RESCUE, queue=QUEUE, queueing_lock=RESCUE, pass_context=True)
    async def rescue(context: JobContext, timestamp: int) -> None:
        jobs = context.app.job_manager
        async with database.write_transaction() as session:
            if not await try_lock(session, RESCUE_LOCK):
                return
            for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=schedule.stalled):
                if not await _requeue(jobs, job):
                    assert job.id is not None, "it was read from the queue"
                    await note_fault(session, job.id, "WorkerDied")


async def _requeue(jobs: JobManager, job: Job) -> bool:
    """Run a job again, unless it kills its workers or another of its kind waits already."""
    if job.attempts + 1 < MAX_RUNS:
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            await jobs.finish_job(job, Status.ABORTED, delete_job=False)
        return True
    await jobs.finish_job(job, Status.FAILED, delete_job=False)
    return False


__all__ = ["create_pool", "run_jobs"]
