"""One import through the product: a server, a worker of its own, a client that watches."""

import base64
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bench.process_memory import MemoryWatch
from bench.trust_server import PATIENCE, Installation

IMPORTS = "/api/v1/imports"
PAUSE, TOO_LONG = 0.25, 3_600.0
BUSY = {"reading", "checking", "committing", "voiding"}


@dataclass
class ImportCosts:
    """An import as its client saw it, and the memory that the processes needed meanwhile."""

    rows: int
    bytes: int
    began: float = 0.0  # in monotonic seconds
    upload_s: float = 0.0
    seconds: dict[str, float] = field(default_factory=dict)  # of each state
    progress: dict[str, int] = field(default_factory=dict)  # different counts that were seen
    server_mb: float = 0.0
    worker_mb: float = 0.0


@contextmanager
def run_worker(place: Installation, turns: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker on the data of an installation; the turns of its loop are written down."""
    log = place.data.with_suffix(".worker.log")
    env = place.how["env"] | {"LOOP_WATCH": str(turns)}
    with log.open("ab") as out:
        worker = place.run_beside("worker", stdout=out, stderr=out, env=env)
    try:
        while "The worker runs" not in log.read_text(errors="replace"):
            time.sleep(0.1)
        yield worker
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(PATIENCE)


class ImportClient:
    """A client that sends a file and asks how far it is."""

    def __init__(self, site: str, token: str) -> None:
        headers = {"authorization": f"Bearer {token}"}
        self.http = httpx.Client(base_url=site, headers=headers, timeout=300)

    def send(self, content: bytes, **more: Any) -> Any:
        """Send a workbook of teams."""
        data = {"resource": "teams", "format": "xlsx"} | more
        data["content"] = base64.b64encode(content).decode()
        answer = self.http.post(IMPORTS, json=data)
        assert answer.status_code == 201, answer.text[:500]
        return answer.json()

    def wait(self, id: str, found: ImportCosts | None = None) -> Any:
        """Ask until the import rests; note how long it took, and how often it had moved."""
        seen: dict[str, set[int]] = {}
        began = last = time.monotonic()
        while time.monotonic() - began < TOO_LONG:
            whole = self.http.get(f"{IMPORTS}/{id}").raise_for_status().json()
            state, now = whole["state"], time.monotonic()
            count = whole["read_count" if state == "reading" else "done_count"]
            seen.setdefault(state, set()).add(count)
            if found is not None and state in BUSY:
                found.seconds[state] = found.seconds.get(state, 0.0) + now - last
                found.progress[state] = len(seen[state])
            last = now
            if state not in BUSY:
                return whole
            time.sleep(PAUSE)
        raise TimeoutError(str(whole))

    def commit(self, whole: Any) -> Any:
        """Commit what was previewed."""
        tag = self.http.get(f"{IMPORTS}/{whole['id']}").headers["etag"]
        data = {"action": "commit", "plan_hash": whole["plan_hash"]}
        path = f"{IMPORTS}/{whole['id']}/transitions"
        answer = self.http.post(path, json=data, headers={"if-match": tag})
        assert answer.is_success, answer.text[:500]
        return answer.json()


def import_whole(
    place: Installation, token: str, first: bytes, content: bytes, rows: int, turns: Path
) -> ImportCosts:
    """Import a workbook through the product, after a first one; each row must become a record."""
    found, client = ImportCosts(rows, len(content)), ImportClient(place.site, token)
    assert place.process
    server = [place.process.pid]
    with run_worker(place, turns) as worker:
        client.commit(client.wait(client.send(first)["id"]))  # both load what they load once
        with (
            MemoryWatch(lambda: server) as of_server,
            MemoryWatch(lambda: [worker.pid]) as of_worker,
        ):
            found.began = time.monotonic()
            made = client.send(content)
            found.upload_s = time.monotonic() - found.began
            previewed = client.wait(made["id"], found)
            assert (previewed["row_count"], previewed["refused_count"]) == (rows, 0), previewed
            client.commit(previewed)
            done = client.wait(made["id"], found)
            assert (done["state"], done["created_count"]) == ("committed", rows), done
        found.server_mb, found.worker_mb = of_server.growth_mb, of_worker.growth_mb
    return found


def longest_turn(path: Path, since: float) -> float:
    """Return the longest turn of an event loop that was written down since a moment."""
    lines = path.read_text().splitlines() if path.exists() else []
    turns = (line.split() for line in lines)
    return max((float(held) for at, held in turns if float(at) > since), default=0.0)
