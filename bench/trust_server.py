"""A real installation for the proofs: its processes, how they end, and what they leave behind."""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx

from app.db.embedded.lifecycle import free_port
from app.db.embedded.process import read_pid
from bench.trust_processes import surroundings, working_for

ROOT = Path(__file__).parents[1]
PATIENCE = 240.0  # other work may share the machine
LATEST_END = 15.0  # a quiet machine needs three; this one may be busy


class Installation:
    """One data folder, served by `binhyen serve` in processes of its own."""

    def __init__(self, data: Path, *, command: tuple[str, ...] = (), **how: Any) -> None:
        self.data, self.port = data, free_port()
        self.command = command or (sys.executable, "-m", "app.cli")
        self.how: dict[str, Any] = {"cwd": ROOT, "env": surroundings(data.parent)} | how
        self.site = f"http://127.0.0.1:{self.port}"
        self.log = data.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None
        self._since = 0.0

    def start(self, *options: str) -> None:
        """Start the server, as a shell would: with a process group of its own."""
        words = ("serve", "--port", str(self.port), *(options or ("--no-demo",)))
        self._since = time.monotonic()
        with self.log.open("wb") as log:
            self.process = self._run(words, stdout=log, stderr=log, start_new_session=True)

    def _run(self, words: tuple[str, ...], **more: Any) -> subprocess.Popen[bytes]:
        words = (*self.command, *words, "--data", str(self.data))
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, **self.how | more)

    def run_beside(self, *words: str, **more: Any) -> subprocess.Popen[bytes]:
        """Start another command on the same data folder, and leave it running."""
        return self._run(words, **more)

    @property
    def age(self) -> float:
        """Seconds since the last start."""
        return time.monotonic() - self._since

    def ready(self, path: str = "/health/ready") -> float:
        """Wait until the server answers; return the seconds since its start."""
        while self.age < PATIENCE:
            assert self.process, "nothing was started"
            assert self.process.poll() is None, f"it ended:\n{self.output()}"
            with suppress(httpx.TransportError):
                if httpx.get(self.site + path, timeout=5).is_success:
                    return self.age
            time.sleep(0.05)
        raise TimeoutError(self.output())

    def output(self) -> str:
        """Return what the server has printed since its start, without the line of each request."""
        lines = self.log.read_text(errors="replace").splitlines()
        return "\n".join(line for line in lines if '"event": "request"' not in line)

    def until_printed(self, words: str) -> str:
        """Wait until the server has printed something; return the rest of that line."""
        while self.age < PATIENCE:
            if found := re.search(rf"^.*{words}(.*)$", self.output(), re.MULTILINE):
                return found[1]
            time.sleep(0.02)
        raise TimeoutError(self.output())

    def send(self, sign: signal.Signals, *, group: bool = False) -> None:
        """Send a signal to the server alone, or to its group as a terminal does."""
        assert self.process
        (os.killpg if group else os.kill)(self.process.pid, sign)

    def end(self, sign: signal.Signals = signal.SIGTERM, *, group: bool = False) -> float:
        """Signal the server and wait for its end; return the seconds that took."""
        assert self.process
        begin = time.monotonic()
        self.send(sign, group=group)
        self.process.wait(PATIENCE)
        return time.monotonic() - begin

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run another command on the same data folder to its end."""
        with self._run(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as other:
            out, err = other.communicate(timeout=PATIENCE)
        return subprocess.CompletedProcess(words, other.returncode, out.decode(), err.decode())

    def token(self, *roles: str) -> str:
        """An access token for the whole country, as `./run token` gives it."""
        named = [word for role in roles or ("approver",) for word in ("--role", role)]
        answer = self.run("token", *named, "--unit", "VN")
        assert answer.returncode == 0, answer.stderr
        return answer.stdout.strip()

    @property
    def postmaster(self) -> int:
        """The process id of the PostgreSQL server."""
        pid = read_pid(self.data / "postgres")
        assert pid, "PostgreSQL does not run"
        return pid

    def remaining_processes(self) -> dict[int, str]:
        """Every process that works for this data folder."""
        return working_for(self.data)

    def put_down(self) -> None:
        """Leave no process and no file in any case."""
        if self.process and self.process.poll() is None:
            with suppress(subprocess.TimeoutExpired):
                self.process.send_signal(signal.SIGTERM)
                self.process.wait(30)
        for pid in self.remaining_processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.process:
            self.process.wait()
        shutil.rmtree(self.data, ignore_errors=True)


@contextmanager
def installation(data: Path, origin: Path | None = None, **how: Any) -> Iterator[Installation]:
    """An installation on an empty folder, or on a copy of another's data."""
    if origin:
        shutil.copytree(origin, data, symlinks=True)
    made = Installation(data, **how)
    try:
        yield made
    finally:
        made.put_down()


def prepare(folder: Path) -> Path:
    """Data with the schema and the map, of a server that was stopped; made once in a folder."""
    origin = folder / "origin"
    with (folder / "preparing").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not origin.exists():
            place = Installation(folder / "new")
            place.start()
            place.ready()
            place.end()
            place.data.rename(origin)
    return origin
