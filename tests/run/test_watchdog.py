"""Processes that a test run started end with it, even when the run is killed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests import watchdog

PATIENCE = 60.0
RUN = """
import subprocess, sys, time
from pathlib import Path
from app.db.embedded.lifecycle import Embedded
from tests import watchdog
import os
folder = Path(sys.argv[1])
os.environ["PATH"] += f":{folder}"
watchdog.start(folder)
server = Embedded(folder / "server")
server.start()
sleeper = subprocess.Popen(["sleep", "600"])
print(server.pid, sleeper.pid, flush=True)
time.sleep(600)
"""


def runs(pid: int) -> bool:
    """Say whether a process is there and not just waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_run_leaves_no_postgresql_no_process_and_no_file(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    folder.mkdir()
    command = [sys.executable, "-c", RUN, str(folder)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        started = [int(pid) for pid in run.stdout.readline().split()]
        assert len(started) == 2
        assert all(map(runs, started))
        assert {pid for pid, _ in watchdog.find_processes(folder)} >= set(started)
        run.send_signal(signal.SIGKILL)

    deadline = time.monotonic() + PATIENCE
    while any(map(runs, started)) or folder.exists():
        assert time.monotonic() < deadline, (list(map(runs, started)), folder.exists())
        time.sleep(0.1)


def test_others_are_left_alone(tmp_path: Path) -> None:
    mine = {"PATH": f"{os.defpath}:{tmp_path / 'mine'}"}
    other = {"PATH": f"{os.defpath}:{tmp_path / 'other'}"}
    with (
        subprocess.Popen(["sleep", "600"], env=mine) as ended,
        subprocess.Popen(["sleep", "600"], env=other) as left,
    ):
        watchdog.end_processes(tmp_path / "mine")
        assert ended.wait(PATIENCE) == -signal.SIGTERM
        assert left.poll() is None
        left.kill()
