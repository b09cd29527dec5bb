"""Proof of work slows floods without identifying anybody."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from altcha.v1 import solve_challenge
from sqlmodel import select

from app.db.tables.tip_parts import SpentWork
from app.domain.deadlines.days import today
from app.domain.tips.crypto import proof_of_work
from app.domain.tips.crypto.proof_of_work import Work
from app.domain.tips.intake import cleanup
from tests.application import Application, runner
from tests.give import Country
from tests.tips.informant_requests import TIPS, follow, hand_in, new_key, receipt

FREE = 3


@pytest.fixture
def busy_application(application_url: str, country: Country) -> Iterator[Application]:
    """Provide an application whose free requests of the minute are used up."""
    with Application.on(application_url, tips_without_work=FREE, tip_work=1_000) as application:
        for _ in range(FREE):
            assert hand_in(application, country["1.1"]).status_code == 201
        yield application


@pytest.fixture
def laborious(application_url: str, country: Country) -> Iterator[Application]:
    with Application.on(application_url, tips_without_work=0, tip_work=1_000) as application:
        yield application


def solve(task: dict[str, Any], **over: Any) -> str:
    found = solve_challenge(task["challenge"], task["salt"], "SHA-256", task["maxnumber"])
    assert found
    parts = {name: part for name, part in task.items() if name != "maxnumber"}
    return base64.b64encode(json.dumps(parts | {"number": found.number} | over).encode()).decode()


def task(application: Application) -> dict[str, Any]:
    given: dict[str, Any] = application.nobody.get(f"{TIPS}/work").json()
    return given


def test_work_is_required_above_the_free_limit(
    busy_application: Application, country: Country
) -> None:
    assert busy_application.nobody.get(f"{TIPS}/terms").json()["work_needed"] is True
    told = []
    for language in ("vi", "en"):
        answer = hand_in(busy_application.nobody.speaking(language), country["1.1"])
        assert (answer.status_code, answer.json()["code"]) == (429, "work_needed")
        assert set(answer.json()["challenge"]) == {
            "algorithm", "challenge", "maxnumber", "salt", "signature",
        }  # fmt: skip
        told.append(answer.json()["detail"])
    assert told[0] != told[1]
    work = solve(answer.json()["challenge"])
    assert hand_in(busy_application, country["1.1"], work=work).status_code == 201


def test_receipt_requests_require_work_too(laborious: Application, country: Country) -> None:
    held = receipt(laborious, country["1.1"], work=solve(task(laborious)))
    for what, more in (
        ("status", {}), ("messages", {"text": "x"}), ("attachments", {"content": "eA=="}),
    ):  # fmt: skip
        assert follow(laborious, held, what, **more).status_code == 429
        assert follow(laborious, "1" * 20, what, **more).status_code == 429
        done = follow(laborious, held, what, work=solve(task(laborious)), **more)
        assert done.status_code in (200, 201)


def test_solution_is_spent_once_even_for_a_wrong_receipt(laborious: Application) -> None:
    work = solve(task(laborious))
    assert follow(laborious, "1" * 20, work=work).status_code == 404
    again = follow(laborious, "1" * 20, work=work)
    assert (again.status_code, again.json()["code"]) == (429, "work_needed")


def test_retry_with_a_known_key_needs_no_work(laborious: Application, country: Country) -> None:
    key = new_key()
    assert hand_in(laborious, country["1.1"], key).status_code == 429
    first = hand_in(laborious, country["1.1"], key, work=solve(task(laborious)))
    again = hand_in(laborious, country["1.1"], key)
    assert (again.status_code, again.content) == (201, first.content)


def test_unknown_unit_spends_no_work(laborious: Application) -> None:
    assert hand_in(laborious, "77777").status_code == 422


FORGED = [
    {"number": 7}, {"number": "1"}, {"number": None}, {"number": True}, {"number": 10**40},
    {"algorithm": "SHA-1"}, {"algorithm": []}, {"salt": "x"}, {"salt": "x?expires=99999999999&"},
    {"challenge": "0" * 64}, {"signature": "0" * 64}, {"signature": {}}, {"more": "x"},
]  # fmt: skip


@pytest.mark.parametrize("over", FORGED)
def test_forged_solution_is_refused(laborious: Application, country: Country, over: Any) -> None:
    work = solve(task(laborious), **over)
    assert hand_in(laborious, country["1.1"], work=work).status_code == 429


@pytest.mark.parametrize("work", ["", "x", "e30=", "W10=", "bnVsbA==", "ÿ", "[[[["])
def test_malformed_solution_is_refused(laborious: Application, country: Country, work: str) -> None:
    assert hand_in(laborious, country["1.1"], work=work).status_code == 429


def test_foreign_or_expired_solution_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours, theirs = Work(b"a" * 32, 1_000), Work(b"b" * 32, 1_000)
    assert ours.verify_solution(solve(ours.create_challenge()))
    assert theirs.verify_solution(solve(ours.create_challenge())) is None
    monkeypatch.setattr(proof_of_work, "LIFETIME", timedelta(seconds=-5))
    assert ours.verify_solution(solve(ours.create_challenge())) is None


def test_reencoded_solution_is_the_same() -> None:
    """The library accepts the salt without its final character too."""
    work = Work(b"a" * 32, 1_000)
    task = work.create_challenge()
    assert task["salt"].endswith("&")
    known = {
        work.verify_solution(solve(task)),
        work.verify_solution(solve(task, salt=task["salt"][:-1])),
    }
    assert len(known - {None}) == 1


def test_spent_solutions_are_deleted_after_their_lifetime(laborious: Application) -> None:
    follow(laborious, "1" * 20, work=solve(task(laborious)))

    async def count_spent() -> int:
        async with laborious.behind() as session:
            return len((await session.exec(select(SpentWork.hash))).all())

    async def forget() -> int:
        async with laborious.app.state.resources.database.write_transaction() as session:
            return await cleanup.forget_spent_work(session)

    async def age() -> None:
        async with laborious.behind() as session:
            for row in (await session.exec(select(SpentWork))).all():
                row.expires_on = today() - timedelta(days=1)

    before = runner().run(count_spent())
    assert before >= 1
    assert runner().run(forget()) == 0
    runner().run(age())
    assert runner().run(forget()) == before
