"""The job queue as tables: deferred, waiting and failed jobs."""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ARRAY, Text, bindparam, text

from app.db.base import TIME
from app.db.session import Session, execute

QUEUE = "binhyen"
KEPT_DONE, KEPT_FAILED = timedelta(days=1), timedelta(days=90)

# A job is named by ids: what it works on is read when it runs, and no person is in the queue.
Argument = UUID | int | bool | date | None

DEFER = text("""
SELECT procrastinate_defer_jobs_v1(ARRAY[
  ROW(:queue, :task, 0, NULL, NULL, CAST(:arguments AS jsonb), CAST(:at AS timestamptz))
]::procrastinate_job_to_defer_v1[])
""").bindparams(bindparam("at", type_=TIME))

SELECT_JOBS = text("""
SELECT j.id, j.task_name AS task, j.status::text AS state, j.attempts,
       j.scheduled_at AS due_at, f.error, count(*) OVER () AS of_all
FROM procrastinate_jobs j LEFT JOIN job_fault f ON f.job_id = j.id
WHERE j.status = ANY (CAST(:states AS procrastinate_job_status[]))
ORDER BY j.id DESC LIMIT :most
""").bindparams(bindparam("states", type_=ARRAY(Text)))

# procrastinate's own function would also take a job that is running
RETRY_JOB = text("""
SELECT procrastinate_retry_job_v2(id, now(), NULL, NULL, NULL)
FROM procrastinate_jobs WHERE id = :id AND status = 'failed'
""")

INSERT_FAULT = text("""
INSERT INTO job_fault (job_id, error) SELECT id, :error FROM procrastinate_jobs WHERE id = :id
ON CONFLICT (job_id) DO UPDATE SET error = excluded.error, at = now()
""")

DELETE_OLD = text("""
DELETE FROM procrastinate_jobs j USING (
  SELECT job_id, max(at) AS ended FROM procrastinate_events GROUP BY job_id
) e WHERE e.job_id = j.id AND (
  j.status = 'succeeded' AND e.ended < now() - CAST(:done AS interval)
  OR j.status IN ('failed', 'cancelled', 'aborted') AND e.ended < now() - CAST(:failed AS interval))
""")


@dataclass(frozen=True, slots=True)
class JobRow:
    """A job as an operator sees it: what, how often, how it failed; never its arguments."""

    id: int
    task: str
    state: str
    attempts: int
    due_at: datetime | None
    error: str | None
    of_all: int  # how many there are, of which only the newest are listed


async def defer(
    session: Session, task: str, /, *, at: datetime | None = None, **arguments: Argument
) -> int:
    """Defer a job until this transaction commits, not before `at`; return its id."""
    told = json.dumps(arguments, default=str)
    values = {"queue": QUEUE, "task": task, "arguments": told, "at": at}
    ids: list[int] = (await execute(session, DEFER, values)).scalar_one()
    return ids[0]


async def list_jobs(session: Session, *states: str, most: int) -> list[JobRow]:
    """List the newest jobs in these states."""
    rows = await execute(session, SELECT_JOBS, {"states": list(states), "most": most})
    return [JobRow(**row) for row in rows.mappings()]


async def retry_job(session: Session, job_id: int) -> bool:
    """Put a failed job back into the queue; return False if there is none of this id."""
    return (await execute(session, RETRY_JOB, {"id": job_id})).first() is not None


async def note_fault(session: Session, job_id: int, error: str) -> None:
    """Store the kind of error that a job ended with."""
    await execute(session, INSERT_FAULT, {"id": job_id, "error": error[:200]})


async def forget_jobs(session: Session) -> int:
    """Delete jobs that ended long ago; return how many."""
    kept = {"done": KEPT_DONE, "failed": KEPT_FAILED}
    return (await execute(session, DELETE_OLD, kept)).rowcount


async def try_lock(session: Session, key: int) -> bool:
    """Try to lock this key until the transaction ends; return whether it is held."""
    held = text("SELECT pg_try_advisory_xact_lock(:key)")
    return bool((await execute(session, held, {"key": key})).scalar_one())
