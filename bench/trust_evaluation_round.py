"""A round over all residential areas of a province, through the API: its work and its counts."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

from sqlalchemy import text

from app.db.session import execute
from app.db.tables.units import UnitLevel
from app.domain.actor import Role
from app.domain.criteria import evaluate, steps
from app.domain.criteria.calculation import Calculation, Outcome
from app.domain.records import kit
from app.domain.units.queries import place_units
from bench import cpu
from bench.trust_matrix import provide_scenario
from bench.trust_terms import Terms, Verdict, seconds
from tests.application import Application, Caller, runner
from tests.criteria.scenario import AREA, EVALUATIONS, FULL, ROUNDS, Programme
from tests.give import give_unit

AT_ONCE, PAGE = 500, 100
FAILED = {"criterion": "policies", "holds": False}
Named = list[dict[str, Any]]


def evaluation_round(terms: Terms) -> Verdict:
    """Take so many areas from registration to decision; compare each with its answers."""
    return _hold(terms, "evaluation-round")


def evaluation_round_with_faults(terms: Terms) -> Verdict:
    """Control: what every area says of itself is taken for met, whatever its answers are."""
    with approve_all():
        return _hold(terms, "control-evaluation-round")


@contextmanager
def approve_all() -> Iterator[None]:
    """Let every decision be met."""
    whole = evaluate.evaluate

    def approve(*given: Any) -> Calculation:
        return whole(*given).model_copy(update={"result": Outcome.MET})

    with patch.object(steps, "evaluate", approve):
        yield


def evaluation_round_that_loses(terms: Terms) -> Verdict:
    """Control: of many steps that were taken the last one is not saved, and the answer hides it."""
    save = kit.save_all

    async def save_most(session: Any, actor: Any, permission: str, edits: Any, **more: Any) -> None:
        saved = edits[:-1] if len(edits) > 1 else edits
        await save(session, actor, permission, saved, **more)

    with patch.object(kit, "save_all", save_most):
        return _hold(terms, "control-evaluation-round-loses")


def _hold(terms: Terms, name: str) -> Verdict:
    with provide_scenario(terms, name) as scenario:
        programme = Programme(scenario.application, scenario.country)
        runner().run(_give_areas(programme, terms.times))
        begin, before = time.monotonic(), _count_work(scenario.application)
        held = HeldRound(programme)
        held.run(Random(terms.seed))
        took, after = time.monotonic() - begin, _count_work(scenario.application)
        found = held.body.get(f"{held.path}/completeness").json()
        wrong = held.count_wrong()
    work = [seconds(now - then) for now, then in zip(after, before, strict=True)]
    decided = {one["state"]: one["number"] for one in found["by_state"]}
    figures = {"areas": found["expected"], **decided, "returned": held.returned}
    figures |= {"failing": len(held.failing), "wrong": wrong, "calls": held.calls}
    figures |= {"took": seconds(took), "python_cpu": work[0]}
    figures |= {"postgres_cpu": work[1], "seed": terms.seed}
    whole = decided == {"decided": found["expected"]}
    return Verdict(name, figures, whole and not wrong)


class HeldRound:
    """A round of a province, and the one who may take every step of it."""

    def __init__(self, programme: Programme) -> None:
        self.body: Caller = programme.at("1", Role.APPROVER)
        bodies = {"verify_level": "province", "decide_level": "province"}
        held = programme.open(programme.publish(*AREA), "1", self.body, **bodies)
        self.path, self.id, self.calls, self.returned = f"{ROUNDS}/{held['id']}", held["id"], 2, 0
        self.failing = set[str]()  # areas whose answers, as they stand, do not meet the criteria

    def run(self, dice: Random) -> None:
        """Take all areas from registration to the decision; a tenth of them twice."""
        self._post(f"{self.path}/registrations", {"all_expected": True})
        first, *others = [one["id"] for one in self._list("registered")]
        self.failing = {first, *(one for one in others if dice.random() < 0.1)}
        self._assess("registered", FULL)
        self._step_all("submitted", "verify")
        verified = [one for one in self._list("verified") if one["id"] != first]
        chosen = [one for one in verified if dice.random() < 0.1]
        named = [{"criterion": "policies", "reason": "Thiếu minh chứng"}]
        self.failing -= {one["id"] for one in chosen}  # they answer again
        for one in chosen:
            step = {"action": "return", "criteria": named}
            self._post(f"{EVALUATIONS}/{one['id']}/transitions", step, one["version"])
        self.returned = len(chosen)
        self._assess("returned", FULL[:1])
        self._step_all("submitted", "verify")
        self._step_all("verified", "decide")

    def _assess(self, state: str, answers: Named) -> None:
        for one in self._list(state):
            given = [FAILED, *answers[1:]] if one["id"] in self.failing else answers
            self._post(f"{EVALUATIONS}/{one['id']}/answers", {"answers": given}, one["version"])
        self._step_all(state, "assess")
        self._step_all("self_assessed", "submit")

    def _step_all(self, state: str, action: str) -> None:
        named = self._list(state)
        for start in range(0, len(named), AT_ONCE):
            body = {"action": action, "evaluations": named[start : start + AT_ONCE]}
            told = self._post(f"{self.path}/steps", body)
            assert told["refused"] == 0, told

    def count_wrong(self) -> int:
        """Count the decisions that are not what the answers of their area say."""
        rows = list(self._read_pages("decided", "result"))
        return sum((row["result"] == "met") == (row["id"] in self.failing) for row in rows)

    def _list(self, state: str) -> Named:
        return list(self._read_pages(state, "version"))

    def _read_pages(self, state: str, field: str) -> Iterator[dict[str, Any]]:
        wanted: dict[str, Any] = {"round_id": self.id, "state": state, "limit": PAGE}
        while True:
            self.calls += 1
            answer = self.body.get(EVALUATIONS, **wanted)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            yield from ({"id": one["id"], field: one[field]} for one in page["items"])
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
