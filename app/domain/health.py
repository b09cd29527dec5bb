"""Whether the ground holds: the database answers, and its schema is the one we know."""

from typing import Literal, Protocol

from app.db.pool import Reader, Unreachable
from app.db.schema_version import newest


async def is_ready(reader: Reader) -> bool:
    """Whether the house can answer."""
    try:
        return await reader.schema_version() == newest()
    except Unreachable:
        return False


class Working(Protocol):
    """A worker as the house sees it from outside."""

    running: bool

    async def stop(self) -> None: ...


def worker_state(worker: Working | None) -> Literal["running", "waiting", "off"]:
    """Whether this process does jobs; the house answers all the same when it does not."""
    if worker is None:
        return "off"
    return "running" if worker.running else "waiting"
