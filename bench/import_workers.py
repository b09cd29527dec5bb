"""Workers that can be killed: loaded once, and forked for each start.

Each line on the standard input starts one; its process id is printed. They find out sooner than
others that a worker is dead, so that a proof ends in minutes; nothing else differs.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from app.db.session import Database
from app.domain.exchange.imports import parts, queries, worker
from app.jobs.registry import TASKS, Schedule
from app.jobs.worker import Worker
from app.settings import Settings

SCHEDULE = Schedule(heartbeat=0.3, stalled=1.5, rescue="* * * * * *", poll=0.3)
NOTES = ("save_rows", "note_progress")


async def run_worker() -> None:
    """Work until killed."""
    settings = Settings()
    jobs = {name: task for name, task in TASKS.items() if not task.cron}
    database, role = Database.of(settings, size=3), settings.database_role
    Worker(settings.write_dsn, database, role=role, tasks=jobs, schedule=SCHEDULE).start()
    await asyncio.Event().wait()


def plant_late_notes() -> None:
    """Plant a fault: what became of the rows of a part is noted with the part that follows."""
    held: list[tuple[str, tuple[Any, ...]]] = []
    take, commit = worker._take_part, parts._commit_rows
    noted = {name: getattr(queries, name) for name in NOTES}

    async def commit_rows(*given: Any) -> None:
        await commit(*given)
        for name in NOTES:
            setattr(queries, name, hold(name))

    def hold(name: str) -> Any:
        async def note(session: Any, *given: Any) -> None:
            held.append((name, given))

        return note

    async def take_part(session: Any, *given: Any) -> bool:
        for name, late in held:
            setattr(queries, name, noted[name])
            await noted[name](session, *late)
        held.clear()
        return await take(session, *given)

    setattr(parts, "_commit_rows", commit_rows)  # noqa: B010
    setattr(worker, "_take_part", take_part)  # noqa: B010


def main(arguments: Sequence[str]) -> None:
    """Fork a worker for each line that comes; end them all with the input."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that were killed
    parts.PART_ROWS = int(arguments[0])
    if arguments[1:] == ["late_notes"]:
        plant_late_notes()
    import_module("app.jobs.engine")  # loaded before the first fork
    started: list[int] = []
    print("ready", flush=True)
    for _ in sys.stdin:
        pid = os.fork()
        if not pid:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # its log would stand between the ids
            asyncio.run(run_worker())
        started.append(pid)
        print(pid, flush=True)
    for pid in started:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


if __name__ == "__main__":
    main(sys.argv[1:])
