"""A server or worker that notes how long its loop is held: processor time between two turns.

Time of the processor, not of the day: other work on the machine does not count. Run like
`app.cli`; the turns stand in the file that LOOP_WATCH names. With FILES_INSIDE files are opened in
the server itself: the fault that the proof has to find.
"""

import asyncio
import os
import time
from typing import IO, Any

import app.main
from app.cli import main
from app.domain.records.files.child.template import find_task, run_task
from app.domain.records.files.pool import FilePool
from app.jobs.worker import Worker

NOTED = 0.005  # seconds; shorter turns are not written down
PAUSE = 0.002
WATCHES: list[asyncio.Task[None]] = []


async def watch_loop(report: Any) -> None:
    """Report every turn of this loop that took long, as (time of the machine, seconds held)."""
    before = time.thread_time()
    while True:
        await asyncio.sleep(PAUSE)
        held, before = time.thread_time() - before, time.thread_time()
        if held > NOTED:
            report(time.monotonic(), held)
            before = time.thread_time()


def _watch_server(path: str) -> None:
    opened = app.main._open_state

    async def open_watched(settings: Any) -> Any:
        _begin_watch(path)
        return await opened(settings)

    app.main._open_state = open_watched


def _watch_worker(path: str) -> None:
    start = Worker.start

    def start_watched(self: Worker) -> Worker:
        if not WATCHES:  # one in a server is watched with it
            _begin_watch(path)
        return start(self)

    Worker.start = start_watched  # type: ignore[assignment, method-assign]


def _begin_watch(path: str) -> None:
    def write(at: float, held: float) -> None:
        with open(path, "a", encoding="utf-8") as file:
            file.write(f"{at} {held}\n")

    WATCHES.append(asyncio.create_task(watch_loop(write)))


async def _run_inside(
    self: FilePool, task: str, file: IO[bytes], size: int, given: dict[str, Any]
) -> tuple[dict[str, Any], bytes]:
    return run_task(find_task(task), file.read(), given)


if __name__ == "__main__":
    if path := os.environ.get("LOOP_WATCH"):
        _watch_server(path)
        _watch_worker(path)
    if os.environ.get("FILES_INSIDE"):
        FilePool._run = _run_inside  # type: ignore[method-assign]
    main()
