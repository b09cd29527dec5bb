"""Figures of the database for monitoring: counts, none about a person."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text

from app.db.base import now
from app.db.session import Database, execute

JOBS = text("""
SELECT status::text AS state, count(*) AS jobs,
  count(*) FILTER (WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()) AS due
FROM procrastinate_jobs WHERE status IN ('todo', 'doing', 'failed') GROUP BY status
""")
OVERDUE = text("""
SELECT count(*) FILTER (WHERE state IN ('running', 'extended') AND due_at < now()) AS unmarked,
  count(*) FILTER (WHERE state = 'breached') AS breached
FROM deadline WHERE state IN ('running', 'extended', 'breached')
""")
WAITING = text("""
SELECT count(*) AS entries, (SELECT entry_id FROM audit_waiting ORDER BY entry_id LIMIT 1) AS oldest
FROM audit_waiting
""")


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of one moment."""

    jobs: dict[str, int]
    jobs_due: int
    overdue_unmarked: int
    overdue: int
    seal_waiting: int
    seal_lag: float


async def read_figures(database: Database) -> Figures:
    """Read the figures in one transaction."""
    async with database.read_transaction() as session:
        jobs = (await execute(session, JOBS)).mappings().all()
        deadlines = (await execute(session, OVERDUE)).mappings().one()
        waiting = (await execute(session, WAITING)).mappings().one()
    return Figures(
        {row["state"]: row["jobs"] for row in jobs}, sum(row["due"] for row in jobs),
        deadlines["unmarked"], deadlines["breached"], waiting["entries"],
        seconds_since(waiting["oldest"]),
    )  # fmt: skip


def seconds_since(id: UUID | None) -> float:
    """Return the age of an id of version 7, which begins with its time; 0 without one."""
    if id is None or id.version != 7:
        return 0.0
    return max(0.0, now().timestamp() - (id.int >> 80) / 1000)
