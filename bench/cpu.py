"""CPU time as Linux counts it: of a process, of a PostgreSQL, of a core."""

import os
import time
from contextlib import suppress
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
SERVER_CORE, LOAD_CORE = (CORES[0], CORES[1]) if len(CORES) > 1 else (None, None)


def pin(pid: int, core: int | None) -> None:
    """Keep a process, and all that it will start, on one core."""
    if core is not None:
        os.sched_setaffinity(pid, {core})


def of_process(pid: int) -> float:
    """Seconds that a process has worked, in user code and in the kernel."""
    return sum(_stat(pid)[11:13]) * TICK


def of_postgres(postmaster: int) -> float:
    """Seconds that a PostgreSQL has worked: all its processes, those that ended included."""
    total = sum(_stat(postmaster)[11:15])
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            stat = _stat(int(path.name))
            total += sum(stat[11:13]) if stat[1] == postmaster else 0
    return total * TICK


def busiest(seconds: float = 0.5) -> float:
    """Measure the load of the busier of both cores for a moment without a measurement."""
    before = of_core(SERVER_CORE), of_core(LOAD_CORE)
    time.sleep(seconds)
    after = of_core(SERVER_CORE), of_core(LOAD_CORE)
    return max(now - then for now, then in zip(after, before, strict=True)) / seconds


def of_core(core: int | None) -> float:
    """Seconds that a core was not idle, or was not given to this machine; of all when None."""
    name = "cpu" if core is None else f"cpu{core}"
    for line in Path("/proc/stat").read_text().splitlines():
        if line.split()[0] == name:
            user, nice, system, _, _, irq, softirq, steal, *_ = map(int, line.split()[1:])
            return (user + nice + system + irq + softirq + steal) * TICK
    raise LookupError(name)


def _stat(pid: int) -> list[int]:
    """The numbers of /proc/PID/stat, from the state of the process on, which is none."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return [0, *map(int, words[1:])]
