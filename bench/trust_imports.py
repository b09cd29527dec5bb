"""Imports: a worker that is killed while it commits leaves whole parts, and another goes on.

Every row becomes one record, and its result names that record.
"""

import random
from dataclasses import dataclass
from typing import Any

from app.db.embedded.discovery import find_running_url
from bench.import_files import make_teams
from bench.import_kills import KillPlan, Outcome, commit_under_kills
from bench.import_run import ImportClient, run_worker
from bench.trust_processes import surroundings
from bench.trust_server import installation, prepare
from bench.trust_terms import Terms, Verdict

PART_ROWS = 500  # as the product has it
UNITS = ("02083", "01981", "02008")
MARK = "killed"
FAULT = "late_notes"


@dataclass(frozen=True)
class Size:
    """The number of kills, and of the rows for it."""

    kills: int
    part_rows: int

    @property
    def rows(self) -> int:
        """Return so many rows that a worker has a part or two between its kills."""
        return (self.kills + 2) * self.part_rows + self.part_rows // 3


def imports(terms: Terms) -> Verdict:
    """Kill so many workers while they commit one import."""
    return _prove(terms, "imports", "")


def imports_noted_late(terms: Terms) -> Verdict:
    """Control: what became of a part is noted in another transaction."""
    return _prove(terms, "control-imports", FAULT)


def judge(name: str, size: Size, found: Outcome, seed: int) -> Verdict:
    """Compare what came of an import with what was sent."""
    figures: dict[str, Any] = {
        "rows": size.rows, "kills": found.killed, "looked": found.looked, "state": found.state,
        "created": found.created, "whole_rows": found.whole_rows, "doubled": found.doubled,
        "by_halves": found.halves, "seed": seed,
    }  # fmt: skip
    whole = found.created == found.whole_rows == size.rows and found.killed == size.kills
    well = whole and not found.doubled and not found.halves
    return Verdict(name, figures, well and found.state == "committed")


def _prove(terms: Terms, name: str, fault: str) -> Verdict:
    size = Size(terms.times, PART_ROWS)
    environment = surroundings(terms.folder)
    with installation(terms.folder / name, prepare(terms.folder), env=environment) as place:
        place.start("--no-demo", "--no-worker")
        place.ready()
        dsn = find_running_url(place.data)
        assert dsn
        client = ImportClient(place.site, place.token("recorder", "approver"))
        with run_worker(place, terms.folder / f"{name}-turns"):
            whole = client.wait(client.send(make_teams(size.rows, UNITS, MARK))["id"])
        assert whole["refused_count"] == 0, whole
        client.commit(whole)
        more = {"BINHYEN_DATABASE_URL": dsn, "BINHYEN_DATA": str(place.data)}
        dice = random.Random(terms.seed)
        plan = KillPlan(size.kills, PART_ROWS, dice, environment | more, fault, terms.tell)
        found = commit_under_kills(plan, dsn, whole["id"], MARK, size.rows)
    return judge(name, size, found, terms.seed)
