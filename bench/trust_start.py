"""A newcomer's start, the next start, and every way of stopping a server."""

import re
import shlex
import shutil
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import Any

import httpx
import orjson

from bench.trust_server import LATEST_END, Installation, installation
from bench.trust_terms import Terms, Verdict, seconds

PUBLISHED = {"covered": 847, "existing": 1310, "percent": 64.66}

HALF_A_REQUEST = (
    b"POST /api/v1/models HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
    b"content-length: 99\r\n\r\n{"
)


@dataclass(frozen=True)
class End:
    """One way to end a server, and the exit code it answers with."""

    name: str
    sign: signal.Signals
    group: bool
    code: int


ENDS = (
    End("ctrl_c", signal.SIGINT, group=True, code=130),
    End("sigint", signal.SIGINT, group=False, code=130),
    End("sigterm", signal.SIGTERM, group=False, code=0),
    End("terminal_closed", signal.SIGHUP, group=True, code=0),
)


def start(terms: Terms, **how: Any) -> Verdict:
    """From nothing to the first answer, then start after start, each ended in another way."""
    figures: dict[str, object] = {}
    faults: list[str] = []
    with installation(terms.folder / "start", **how) as place:
        for number, end in enumerate(ENDS[: terms.times]):
            place.start("--demo")
            name = "first" if not number else f"start_{number + 1}"
            figures[name] = seconds(place.ready())
            faults += _welcome_faults(place)
            if not number:
                figures["answered"] = seconds(place.age)
            terms.tell(f"start {number + 1}: ready after {figures[name]}")
            took, wrong = stop(place, end)
            figures[end.name] = seconds(took)
            faults += wrong
    figures["faults"] = faults or 0
    return Verdict("start", figures, not faults)


def _welcome_faults(place: Installation) -> list[str]:
    """The line that was printed is run once, as soon as it is there, and must answer at once."""
    line = place.until_printed("curl -s ")
    found = curl(line)
    wrong = {name: found.get(name) for name in PUBLISHED if found.get(name) != PUBLISHED[name]}
    return [f"the printed line answers {wrong}"] if wrong else []


def curl(line: str) -> Any:
    """Run what follows `curl -s` as a shell would; without curl, ask the same by ourselves."""
    if shutil.which("curl"):
        run = subprocess.run(f"curl -s {line}", shell=True, capture_output=True, check=False)
        return orjson.loads(run.stdout or b"{}")
    _, header, url = shlex.split(line)
    name, _, value = header.partition(": ")
    return httpx.get(url, headers={name: value}).json()


def stop(place: Installation, end: End) -> tuple[float, list[str]]:
    """End a server that is in the middle of things; how long it took, and what was wrong."""
    assert place.process
    with socket.create_connection(("127.0.0.1", place.port)) as caller:
        caller.sendall(HALF_A_REQUEST)
        time.sleep(0.2)
        took = place.end(end.sign, group=end.group)
    faults = leftovers(place)
    if place.process.returncode != end.code:
        faults.append(f"{end.name}: exit code {place.process.returncode}")
    if took > LATEST_END:
        faults.append(f"{end.name}: ended after {seconds(took)}")
    if re.search("Traceback|Exception|Error", place.output()):
        faults.append(f"{end.name}: said {place.output()[-500:]!r}")
    return took, faults


def leftovers(place: Installation) -> list[str]:
    """List what still works for this data folder a moment after the end."""
    deadline = time.monotonic() + 1
    while (left := place.remaining_processes()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return [f"still there: {left}"] if left else []
