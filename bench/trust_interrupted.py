"""Starts that are cut short at a random moment: nothing half-made, and the next start works."""

import signal
import time
from random import Random

import httpx

from bench.trust_server import LATEST_END, Installation, installation, prepare
from bench.trust_start import leftovers
from bench.trust_terms import Terms, Verdict, seconds

MAP = {"province": 34, "commune": 3321}
WAYS = (
    (signal.SIGTERM, False, 0),
    (signal.SIGINT, True, 130),
    (signal.SIGKILL, False, -signal.SIGKILL),
)
LONGEST = 6.0


def interruptions(terms: Terms) -> Verdict:
    """First starts ended while they make the database, the schema, the map or the demo."""
    dice, faults, ends = Random(terms.seed), list[str](), list[float]()
    usual = (prepare(terms.folder) / "postgres").stat().st_uid
    for number in range(terms.times):
        sign, group, code = WAYS[(terms.seed + number) % len(WAYS)]
        with installation(terms.folder / f"interrupted-{number}") as place:
            place.start("--demo")
            _wait(place, sign, dice)
            terms.tell(
                f"interrupted {number + 1}/{terms.times}: {sign.name}, {_describe_progress(place)}"
            )
            ends.append(place.end(sign, group=group))
            faults += _end_faults(place, sign, code)
            faults += _next_start_faults(place)
            if (place.data / "postgres").stat().st_uid != usual:
                faults.append("what ran PostgreSQL before was taken for broken")
    longest = max(ends)
    figures = {"starts": terms.times, "longest_end": seconds(longest), "seed": terms.seed}
    holds = not faults and longest < LATEST_END
    return Verdict("interrupted", figures | {"faults": faults or 0}, holds)


def _wait(place: Installation, sign: signal.Signals, dice: Random) -> None:
    """Any moment; but SIGKILL comes while the cluster is made, and leaves its maker at work."""
    if sign is signal.SIGKILL:
        while not any(place.data.glob("postgres.new-*")):
            time.sleep(0.01)
    time.sleep(dice.uniform(0, 0.5) if sign is signal.SIGKILL else dice.uniform(0.3, LONGEST))


def _describe_progress(place: Installation) -> str:
    """Return how far a start has come."""
    parts = sorted(part.name for part in place.data.glob("*"))
    return f"after {place.age:.1f}s with {parts or 'nothing'}"


def _end_faults(place: Installation, sign: signal.Signals, code: int) -> list[str]:
    """Before the first file is made, the signal may simply end it."""
    assert place.process
    found, soon = place.process.returncode, not place.data.exists()
    faults = [] if found == code or (soon and found == -sign) else [f"exit code {found}"]
    return faults + (leftovers(place) if sign is not signal.SIGKILL else [])


def _next_start_faults(place: Installation) -> list[str]:
    """In any case, the whole map and the whole demo are there after the next start."""
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
