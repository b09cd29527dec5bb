"""Whether the ground holds: the database answers, and its schema is the one we know."""

from typing import Literal, Protocol

from app.db.query.executor import DatabaseUnavailable, PoolExecutor
from app.db.schema_version import head_revision


async def is_ready(reader: PoolExecutor) -> bool:
    """Whether the house can answer."""
    try:
        return await reader.schema_version() == head_revision()
    except DatabaseUnavailable:
        return False


class RunningWorker(Protocol):
    """A worker as the house sees it from outside."""

    running: bool

    async def stop(self) -> None: ...


def worker_state(worker: RunningWorker | None) -> Literal["running", "waiting", "off"]:
    """Whether this process does jobs; the house answers all the same when it does not."""
    if worker is None:
        return "off"
    return "running" if worker.running else "waiting"
