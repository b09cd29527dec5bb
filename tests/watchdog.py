"""End all that a test run has started once the run is gone, however it ended.

`python -m tests.watchdog FOLDER` waits until its standard input is closed, which the kernel does
for a killed run too. Every process of the run has FOLDER in its environment, PostgreSQL by its
PATH: it is given nothing else of ours.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

PATIENCE = 10.0  # seconds for a polite end
ENDS = ((signal.SIGTERM, signal.SIGINT), (signal.SIGKILL, signal.SIGQUIT))  # others, PostgreSQL


def start(folder: Path) -> Callable[[], None]:
    """Start a watchdog, out of reach of signals to the run; return what lets it go and waits."""
    command = [sys.executable, "-m", "tests.watchdog", str(folder)]
    root = Path(__file__).parents[1]
    environment = {"PATH": os.defpath}  # without the folder: it must not find itself
    process = subprocess.Popen(
        command, cwd=root, env=environment, stdin=subprocess.PIPE, start_new_session=True
    )

    def let_go() -> None:
        process.communicate()

    return let_go


def find_processes(folder: Path) -> Iterator[tuple[int, bool]]:
    """Yield every process that has the folder in its environment, and whether it is PostgreSQL."""
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if str(folder).encode() in (process / "environ").read_bytes():
                yield int(process.name), b"/postgres\0-D\0" in (process / "cmdline").read_bytes()


def end_processes(folder: Path) -> None:
    """Ask them to end, and soon stop asking."""
    for other, postgres in ENDS:
        deadline = time.monotonic() + PATIENCE
        for pid, is_postgres in find_processes(folder):
            with suppress(ProcessLookupError):
                os.kill(pid, postgres if is_postgres else other)
        while any(find_processes(folder)) and time.monotonic() < deadline:
            time.sleep(0.1)


if __name__ == "__main__":
    sys.stdin.buffer.read()
    end_processes(Path(sys.argv[1]))
    shutil.rmtree(sys.argv[1], ignore_errors=True)
