"""Health: the database answers, and its schema is the one that the application requires."""

from typing import Literal, Protocol

from app.db.disk_space import full_places
from app.db.query.executor import DatabaseUnavailable, PoolExecutor
from app.db.schema_version import head_revision, known_revisions


async def is_ready(reader: PoolExecutor) -> bool:
    """Return whether the application can answer.

    Not while a disk was full a moment ago: another server may have room.
    A schema of newer code is one that this code can serve until it is replaced: a migration
    takes nothing away that the version before it needs.
    """
    if full_places():
        return False
    try:
        found = await reader.schema_version()
    except DatabaseUnavailable:
        return False
    return found == head_revision() or bool(found and found not in known_revisions())


class RunningWorker(Protocol):
    """A worker as the application sees it."""

    running: bool

    async def stop(self) -> None: ...


def worker_state(worker: RunningWorker | None) -> Literal["running", "waiting", "off"]:
    """Return whether this process runs jobs; the application answers in either case."""
    if worker is None:
        return "off"
    return "running" if worker.running else "waiting"
