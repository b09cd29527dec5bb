"""Our tasks as procrastinate runs them, and what happens to jobs whose worker was killed."""

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
from app.jobs.monitoring import ABORTED, monitor_run, quiet_library_logs
from app.jobs.registry import TASK_FUNCTIONS, Schedule, Task

RESCUE = "rescue_stalled"
AFTER_LOSS = 1.0  # seconds: connections that broke while nobody used them are told only when asked
RESCUING = 7_300_006  # advisory lock: two that rescue one job at once would have it run twice


class RetryPolicy(BaseRetryStrategy):
    """A job that was cut short goes back at once; one that failed waits as its task says."""

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
    pace: Schedule,
    listen: bool,
) -> None:
    """Run jobs until cancelled or the database is lost."""
    app = App(connector=PsycopgConnector())
    for task in tasks.values():
        _add(app, task, database)
    _add_rescue(app, database, pace)
    await app.open_async(pool)  # the pool stays its owner's to close
    await app.run_worker_async(
        queues=[QUEUE], listen_notify=listen, install_signal_handlers=False,
        concurrency=pace.at_once,
        fetch_job_polling_interval=pace.poll, shutdown_graceful_timeout=pace.grace,
        update_heartbeat_interval=pace.heartbeat, stalled_worker_timeout=pace.stalled,
        worker_middleware=[monitor_run(database)],
    )  # fmt: skip


def _add(app: App, task: Task, database: Database) -> None:
    async def run(timestamp: int | None = None, **arguments: Any) -> None:
        try:
            await task.run(database, **arguments)
        except Exception as error:
            if not is_unavailable(error):
                raise
            await asyncio.sleep(AFTER_LOSS)
            await task.run(database, **arguments)

    once = task.name if task.cron else None  # one waits, one runs
    added = app.task(
        name=task.name, queue=QUEUE, lock=once, queueing_lock=once, retry=RetryPolicy(task)
    )(run)
    if task.cron:
        app.periodic(cron=task.cron)(added)


def _add_rescue(app: App, database: Database, pace: Schedule) -> None:
    """Not locked as other periodic tasks are: nobody would rescue it when its worker dies."""

    @app.periodic(cron=pace.rescue)
    @app.task(name=RESCUE, queue=QUEUE, queueing_lock=RESCUE, pass_context=True)
    async def rescue(context: JobContext, timestamp: int) -> None:
        jobs = context.app.job_manager
        async with database.write_transaction() as session:
            if not await try_lock(session, RESCUING):
                return
            for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=pace.stalled):
                if not await _requeue(jobs, job):
                    assert job.id is not None, "it was read from the queue"
                    await note_fault(session, job.id, "WorkerDied")


async def _requeue(jobs: JobManager, job: Job) -> bool:
    """Have it run again, unless it kills its workers or another of its kind waits already."""
    if job.attempts + 1 < TASK_FUNCTIONS:
        try:
            await jobs.retry_job(job)
        except UniqueViolation:
            await jobs.finish_job(job, Status.ABORTED, delete_job=False)
        return True
    await jobs.finish_job(job, Status.FAILED, delete_job=False)
    return False


def worker_connector(dsn: str, *, listen: bool, role: str = "") -> AsyncConnectionPool:
    """The worker's own two connections; asyncpg's cannot be shared."""
    quiet_library_logs("procrastinate", "psycopg.pool")
    more: dict[str, Any] = {} if listen else {"prepare_threshold": None}
    more |= {"options": f"-c role={role}"} if role else {}
    return AsyncConnectionPool(
        dsn, min_size=1, max_size=2, open=False, timeout=3, reconnect_timeout=3,
        check=AsyncConnectionPool.check_connection,
        kwargs={"application_name": "binhyen-worker", **more},
    )  # fmt: skip
