"""PostgreSQL as a process: readiness, shutdown, and cleanup after a killed one."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def wait_ready(child: subprocess.Popen[bytes], cluster: Path, patience: float) -> bool:
    """Wait until the server accepts connections; return False if it ended."""
    deadline = time.monotonic() + patience
    while child.poll() is None and time.monotonic() < deadline:
        with suppress(FileNotFoundError):
            words = (cluster / "postmaster.pid").read_text().split()
            if words and words[0] == str(child.pid) and words[-1] == "ready":
                return True
        time.sleep(0.01)
    return False


def stop_process(child: subprocess.Popen[bytes]) -> None:
    """Stop a server cleanly, with stronger signals if it does not end."""
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        child.send_signal(sign)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            continue
        return


def stop_orphan(cluster: Path, log: Callable[[str], None]) -> None:
    """Stop the server that a killed process left running on this cluster."""
    pid = read_pid(cluster)
    if pid is None:
        return
    for sign, patience in ((signal.SIGINT, 20), (signal.SIGQUIT, 10)):
        deadline = time.monotonic() + patience
        if is_server(pid, cluster):
            log(f"Stopping PostgreSQL {pid}, left behind by a process that was killed")
            os.kill(pid, sign)
        while is_server(pid, cluster) and time.monotonic() < deadline:
            time.sleep(0.02)
    if command_line(pid) is not None and not is_in_use(cluster):
        # The number now belongs to a stranger, and PostgreSQL would wait for it for ever.
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def read_pid(cluster: Path) -> int | None:
    """Return the process id that the last server left, if it did not end cleanly."""
    try:
        return int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def is_server(pid: int, cluster: Path) -> bool:
    """Return whether a process is a PostgreSQL server on this cluster."""
    return f"postgres -D {cluster} " in (command_line(pid) or "")


def command_line(pid: int) -> str | None:
    """Return the command line of a process: empty for a zombie, None if there is none."""
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            return None
    ps = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
    return subprocess.run(ps, capture_output=True, text=True, check=False).stdout or None


def is_in_use(cluster: Path) -> bool:
    """Return whether any process uses this cluster; also True where that is unknown."""
    places = set()
    for link in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):
            places.add(os.readlink(link))
    return not places or str(cluster) in places
