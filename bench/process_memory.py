"""Memory of processes and of those that they start, looked at again and again by a thread."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Self

PAUSE = 0.1


class MemoryWatch:
    """The most memory that processes and their children had at once, without PostgreSQL."""

    def __init__(self, find_parents: Callable[[], list[int]]) -> None:
        self._find, self._ended = find_parents, threading.Event()
        self.before = self.peak = self._read()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    @property
    def growth_mb(self) -> float:
        """Return by how much the peak was above what there was before."""
        return (self.peak - self.before) / 1e6

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.is_set():
            self.peak = max(self.peak, self._read())
            time.sleep(PAUSE)

    def _read(self) -> int:
        parents = self._find()
        return sum(measure_memory(pid) for pid in [*parents, *list_children(parents)])


def list_children(parents: list[int]) -> list[int]:
    """Return what processes have started, and what those have, without PostgreSQL."""
    found: list[int] = []
    for parent in parents:
        for tasks in Path(f"/proc/{parent}/task").glob("*/children"):
            below = [int(pid) for pid in _read(tasks).split()]
            own = [pid for pid in below if "postgres" not in _read(Path(f"/proc/{pid}/comm"))]
            found += [*own, *list_children(own)]
    return found


def measure_memory(pid: int) -> int:
    """Return the bytes of a process; pages that several share count once among them."""
    for line in _read(Path(f"/proc/{pid}/smaps_rollup")).splitlines():
        if line.startswith("Pss:"):
            return 1024 * int(line.split()[1])
    return 0


def own_process() -> list[int]:
    """Return this process alone."""
    return [os.getpid()]


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
