"""Imports whose worker is killed; a planted fault shows. The long form is `./run trust`."""

import os
import random
from base64 import b64encode
from uuid import UUID, uuid4

import pytest

from app.domain.actor import Role
from app.domain.exchange.imports import parts, worker
from bench.import_files import make_teams
from bench.import_kills import KillPlan, commit_under_kills
from bench.trust_imports import FAULT, Size, judge
from bench.trust_terms import Verdict
from tests.application import SEAL, Application, runner
from tests.dice import make_seed
from tests.give import Country

PATH = "/api/v1/imports"
SIZE = Size(kills=2, part_rows=60)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "PART_ROWS", SIZE.part_rows)


def prove(application: Application, country: Country, fault: str = "") -> Verdict:
    caller, mark = application.national(Role.RECORDER, Role.APPROVER), uuid4().hex
    content = make_teams(SIZE.rows, [str(country["1.1"]), str(country["2.2"])], mark)
    sent = {"resource": "teams", "format": "xlsx", "content": b64encode(content).decode()}
    made = caller.post(PATH, sent).json()
    assert made["state"] == "reading"
    state = application.app.state.resources
    take = worker.take_all_parts(state.database, state.imports, state.files, UUID(made["id"]))
    runner().run(take)
    path = f"{PATH}/{made['id']}"
    previewed = caller.get(path).json()
    assert (previewed["read_count"], previewed["refused_count"]) == (SIZE.rows, 0), previewed
    commit = {"action": "commit", "plan_hash": previewed["plan_hash"]}
    assert caller.move(path, commit).json()["state"] == "committing"
    seed, dsn = make_seed("kills"), state.settings.write_dsn
    environment = os.environ | {
        "BINHYEN_DATABASE_URL": dsn, "BINHYEN_DATA": str(state.settings.data),
        "BINHYEN_SEAL_KEY": SEAL,
    }  # fmt: skip
    plan = KillPlan(SIZE.kills, SIZE.part_rows, random.Random(seed), environment, fault)
    found = commit_under_kills(plan, dsn, made["id"], mark, SIZE.rows)
    verdict = judge("imports", SIZE, found, seed)
    print(verdict)
    return verdict


@pytest.mark.usefixtures("small")
def test_a_killed_worker_leaves_whole_parts_and_another_goes_on(
    application: Application, country: Country
) -> None:
    assert prove(application, country).holds


@pytest.mark.usefixtures("small")
def test_results_that_are_noted_late_are_found(application: Application, country: Country) -> None:
    verdict = prove(application, country, FAULT)
    assert not verdict.holds
    assert verdict.figures["by_halves"]
