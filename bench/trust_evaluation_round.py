"""A round over all residential areas of a province, through the API: its work and its counts."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from app.db.session import execute
from app.db.tables.units import UnitLevel
from app.domain.actor import Role
from app.domain.units.queries import place_units
from bench import cpu
from bench.trust_matrix import provide_scenario
from bench.trust_terms import Terms, Verdict, seconds
from tests.application import Application, Caller, runner
from tests.criteria.scenario import AREA, EVALUATIONS, FULL, ROUNDS, Programme
from tests.give import give_unit

AT_ONCE, PAGE = 500, 100
Named = list[dict[str, Any]]


def evaluation_round(terms: Terms) -> Verdict:
    """Register so many areas, assess them, return a tenth, decide; count what is there then."""
    with provide_scenario(terms, "round") as scenario:
        programme = Programme(scenario.application, scenario.country)
        runner().run(_give_areas(programme, terms.times))
        begin, before = time.monotonic(), _count_work(scenario.application)
        held = HeldRound(programme)
        held.run(Random(terms.seed))
        took, after = time.monotonic() - begin, _count_work(scenario.application)
        found = held.body.get(f"{held.path}/completeness").json()
    work = [seconds(now - then) for now, then in zip(after, before, strict=True)]
    decided = {one["state"]: one["number"] for one in found["by_state"]}
    figures = {"areas": found["expected"], **decided, "returned": held.returned}
    figures |= {"calls": held.calls, "took": seconds(took), "python_cpu": work[0]}
    figures |= {"postgres_cpu": work[1], "seed": terms.seed}
    return Verdict("evaluation-round", figures, decided == {"decided": found["expected"]})


class HeldRound:
    """A round of a province, and the one who may take every step of it."""

    def __init__(self, programme: Programme) -> None:
        self.body: Caller = programme.at("1", Role.APPROVER)
        bodies = {"verify_level": "province", "decide_level": "province"}
        held = programme.open(programme.publish(*AREA), "1", self.body, **bodies)
        self.path, self.id, self.calls, self.returned = f"{ROUNDS}/{held['id']}", held["id"], 2, 0

    def run(self, dice: Random) -> None:
        """Take all areas from registration to the decision; a tenth of them twice."""
        self._post(f"{self.path}/registrations", {"all_expected": True})
        self._assess("registered", FULL)
        self._step_all("submitted", "verify")
        chosen = [one for one in self._list("verified") if dice.random() < 0.1]
        named = [{"criterion": "policies", "reason": "Thiếu minh chứng"}]
        for one in chosen:
            step = {"action": "return", "criteria": named}
            self._post(f"{EVALUATIONS}/{one['id']}/transitions", step, one["version"])
        self.returned = len(chosen)
        self._assess("returned", FULL[:1])
        self._step_all("submitted", "verify")
        self._step_all("verified", "decide")

    def _assess(self, state: str, answers: Named) -> None:
        for one in self._list(state):
            self._post(f"{EVALUATIONS}/{one['id']}/answers", {"answers": answers}, one["version"])
        self._step_all(state, "assess")
        self._step_all("self_assessed", "submit")

    def _step_all(self, state: str, action: str) -> None:
        named = self._list(state)
        for start in range(0, len(named), AT_ONCE):
            body = {"action": action, "evaluations": named[start : start + AT_ONCE]}
            told = self._post(f"{self.path}/steps", body)
            assert told["refused"] == 0, told

    def _list(self, state: str) -> Named:
        return list(self._read_pages(state))

    def _read_pages(self, state: str) -> Iterator[dict[str, Any]]:
        wanted: dict[str, Any] = {"round_id": self.id, "state": state, "limit": PAGE}
        while True:
            self.calls += 1
            answer = self.body.get(EVALUATIONS, **wanted)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            yield from ({"id": one["id"], "version": one["version"]} for one in page["items"])
            if not page.get("next"):
                return
            wanted["cursor"] = page["next"]

    def _post(self, path: str, body: Any, version: int | None = None) -> Any:
        self.calls += 1
        headers = {"if-match": f'"{version}"'} if version else {}
        answer = self.body.send("POST", path, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()


async def _give_areas(programme: Programme, number: int) -> None:
    above = programme.country["1.1"]
    for start in range(0, number, AT_ONCE):
        async with programme.application.behind() as session:
            made = [
                await give_unit(session, UnitLevel.VILLAGE, None, f"Thôn {n}", above)
                for n in range(start, min(start + AT_ONCE, number))
            ]
            await place_units(session, made)


def _count_work(application: Application) -> tuple[float, float]:
    """Return the seconds that this process and its PostgreSQL have worked."""

    async def find_backend() -> int:
        async with application.behind() as session:
            return int((await execute(session, text("SELECT pg_backend_pid()"))).scalar_one())

    backend = runner().run(find_backend())
    postmaster = int(Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1])
    return cpu.of_process(os.getpid()), cpu.of_postgres(postmaster)
