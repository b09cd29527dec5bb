"""Starts that are cut short at a random moment: nothing half-made, and the next start works."""

import signal
import time
from contextlib import suppress
from pathlib import Path
from random import Random

import httpx

from bench.trust_server import LATEST_END, Installation, installation
from bench.trust_start import leftovers
from bench.trust_terms import Terms, Verdict, seconds

MAP = {"province": 34, "commune": 3321}
WAYS = (
    (signal.SIGTERM, False, (0,)),
    (signal.SIGINT, True, (130,)),
    (signal.SIGKILL, False, (-signal.SIGKILL,)),
)


def interrupted(terms: Terms) -> Verdict:
    """First starts ended while they make the database, the schema, the map or the demo."""
    dice = Random(terms.seed)
    faults: list[str] = []
    longest = 0.0
    for number in range(terms.times):
        sign, group, codes = WAYS[number % len(WAYS)]
        with installation(terms.folder / f"interrupted-{number}") as place:
            place.start("--demo")
            wait_for_database(place)
            time.sleep(dice.uniform(0, 4))
            longest = max(longest, took := place.end(sign, group=group))
            terms.tell(f"interrupted {number + 1}/{terms.times}: {sign.name} at {place.age:.1f}s")
            assert place.process
            if place.process.returncode not in codes:
                faults.append(f"{sign.name}: exit code {place.process.returncode}")
            if sign is not signal.SIGKILL:
                faults += leftovers(place)
                faults += [f"{sign.name}: {seconds(took)}"] if took > LATEST_END else []
            faults += _next_start_faults(place)
    figures = {"starts": terms.times, "longest_end": seconds(longest), "seed": terms.seed}
    return Verdict("interrupted", figures | {"faults": faults or 0}, not faults)


def wait_for_database(place: Installation) -> None:
    """Wait until PostgreSQL runs, which is when the schema and the map are about to be made."""
    written = place.data / "postgres" / "postmaster.pid"
    while place.process and place.process.poll() is None:
        with suppress(FileNotFoundError):
            if "ready" in Path(written).read_text():
                return
        time.sleep(0.02)
    raise RuntimeError(f"It ended by itself: {place.said()}")


def _next_start_faults(place: Installation) -> list[str]:
    """Whatever was there, the whole map and the whole demo are there after the next start."""
    place.start("--demo")
    place.ready()
    headers = {"authorization": f"Bearer {place.token('viewer')}"}
    with httpx.Client(base_url=place.site, headers=headers, timeout=60) as client:
        found = {
            level: client.get(f"/api/v1/units?level={level}&limit=1&total=exact").json()["total"]
            for level in MAP
        }
        villages = client.get("/api/v1/model-types/ho_an_toan/coverage?unit=06&on=2020-09-08")
    place.end()
    faults = [] if found == MAP else [f"the map holds {found}"]
    if villages.json().get("existing") != 1310:
        faults.append(f"the demo holds {villages.text}")
    return faults + leftovers(place)
