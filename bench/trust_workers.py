"""Several server processes: they serve, are replaced when killed, and end with their parent."""

import os
import signal
import time

import httpx

from bench.trust_server import LATEST_END, Installation, installation, prepare
from bench.trust_start import ENDS, leftovers
from bench.trust_terms import Terms, Verdict, seconds

COUNT = 2


def workers(terms: Terms) -> Verdict:
    """Two workers: one is killed and replaced; then all end, with their parent or politely."""
    figures: dict[str, object] = {}
    faults: list[str] = []
    with installation(terms.folder / "workers", prepare(terms.folder)) as place:
        _start(place)
        figures |= _kill_and_replace(place, faults)
        figures["orphans_end"] = seconds(_kill_parent(place, faults))
        for number, end in enumerate(ENDS[: terms.times]):
            _start(place)
            figures[end.name] = seconds(place.end(end.sign, group=end.group))
            assert place.process
            if place.process.returncode != end.code:
                faults.append(f"{end.name}: exit code {place.process.returncode}")
            faults += leftovers(place)
            terms.tell(f"workers {number + 1}/{terms.times}: {end.name} {figures[end.name]}")
    return Verdict("workers", figures | {"faults": faults or 0}, not faults)


def _start(place: Installation) -> None:
    place.start("--no-demo", "--workers", str(COUNT))
    place.ready()
    place.until_printed("curl -s ")
    while len(_workers(place)) < COUNT:
        time.sleep(0.05)


def _workers(place: Installation) -> list[int]:
    return [pid for pid, words in place.remaining_processes().items() if "spawn_main" in words]


def _kill_and_replace(place: Installation, faults: list[str]) -> dict[str, object]:
    """Kill one worker; count the requests that fail until there are two again."""
    killed, begin = _workers(place)[0], time.monotonic()
    os.kill(killed, signal.SIGKILL)
    asked = failed = 0
    while len(now := _workers(place)) < COUNT or killed in now:
        asked, failed = asked + 1, failed + _fails(place)
        if time.monotonic() - begin > 120:
            faults.append(f"worker {killed} is not replaced: {now}")
            break
    return {"replaced": seconds(time.monotonic() - begin), "asked": asked, "failed": failed}


def _fails(place: Installation) -> bool:
    try:
        return httpx.get(place.site + "/health/ready", timeout=15).status_code != 200
    except httpx.TransportError:
        return True


def _kill_parent(place: Installation, faults: list[str]) -> float:
    """Kill the parent, which can say goodbye to nobody; its workers end all the same."""
    begin = time.monotonic()
    place.end(signal.SIGKILL)
    while (left := _workers(place)) and time.monotonic() - begin < LATEST_END:
        time.sleep(0.05)
    if left:
        faults.append(f"workers outlive their parent: {left}")
    return time.monotonic() - begin
