"""Monitor runs of jobs: a log line, a metric, and the kind of an error; never its text."""

import asyncio
import logging
import time
from typing import Any

import structlog
from procrastinate.exceptions import JobAborted
from procrastinate.job_context import JobContext
from procrastinate.middleware import AsyncCallNext, WorkerMiddleware
from procrastinate.worker import Worker
from prometheus_client import Counter, Histogram

from app.db.jobs import note_fault
from app.db.session import Database

LOG = structlog.get_logger()
RUNS = Counter("binhyen_jobs", "Runs of jobs ended", ["task", "end"])
SECONDS = Histogram("binhyen_job_seconds", "Time of a run", ["task"])
ABORTED = (asyncio.CancelledError, JobAborted)


def monitor_run(database: Database) -> WorkerMiddleware:
    """Measure every run, and store the kind of error where it fails."""

    async def around(run: AsyncCallNext, context: JobContext, _worker: Worker) -> Any:
        began, end = time.perf_counter(), "failed"
        try:
            result = await run()
            end = "done"
            return result
        except ABORTED:
            end = "put_back"
            raise
        except Exception as error:
            LOG.error("job_failed", task=context.job.task_name, exc_info=error)
            await _record_fault(database, context.job.id, error)
            raise
        finally:
            _log_run(context, end, time.perf_counter() - began)

    return around


async def _record_fault(database: Database, job_id: int | None, error: Exception) -> None:
    assert job_id is not None, "it was fetched from the queue"
    try:
        async with database.write_transaction() as session:
            await note_fault(session, job_id, type(error).__name__)
    except Exception as reason:  # the job's own error matters more
        LOG.error("fault_not_kept", job_id=job_id, exc_info=reason)


def _log_run(context: JobContext, end: str, seconds: float) -> None:
    name = context.job.task_name
    RUNS.labels(name, end).inc()
    SECONDS.labels(name).observe(seconds)
    LOG.info("job", task=name, job_id=context.job.id, end=end, ms=round(seconds * 1000, 1))


class SafeLogHandler(logging.Handler):
    """A log handler that drops the library's messages: they quote arguments and errors."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0] if record.exc_info else None
        action = getattr(record, "action", None) or record.name
        LOG.warning("worker", action=action, error=error.__name__ if error else None)


def quiet_library_logs(*names: str) -> None:
    """Restrict the library's loggers to messages without personal data."""
    for name in names:
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [SafeLogHandler(logging.WARNING)], False
