"""A lost database is answered by 503 and Retry-After; a failing one reveals nothing."""

from collections.abc import Iterator
from typing import Any

import asyncpg
import httpx
import pytest

from app.db.query.executor import DatabaseUnavailable, PoolExecutor
from app.domain.actor import Role
from tests.application import Application, Caller, runner
from tests.give import Country
from tests.reads.gate import Gate
from tests.reads.two_ways import Callers, faults

PATHS = ("/api/v1/units", "/api/v1/units/VN", "/api/v1/models", "/api/v1/units?total=exact",
         "/api/v1/model-types/camera/coverage?unit=91")  # fmt: skip
QUERIES = (
    "{ units(first: 1) { nodes { id } } }",
    '{ unit(id: "VN") { id } models { totalCount } }',
    '{ me { level } units(first: 1) { nodes { id } } a: unit(id: "VN") { id } }',
    '{ modelCoverage(id: "camera", unit: "91") { covered } }',
)
SECRET = "relation unit_dated, password 'x'"


@pytest.fixture(scope="module")
def gated_applications(
    land_url: str, country: Country
) -> Iterator[tuple[Gate, Application, Application]]:
    """An application of each way, on a database that can be lost."""
    gate = Gate(land_url)
    runner().run(gate.open())
    with (
        Application.on(gate.url) as application,
        Application.on(gate.url, bypass=False) as ordinary,
    ):
        yield gate, application, ordinary
    runner().run(gate.shut())


def assert_unavailable(answer: httpx.Response) -> None:
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.headers["content-type"] == "application/problem+json"
    assert int(answer.headers["retry-after"]) > 0


def answers(callers: list[Caller]) -> Iterator[httpx.Response]:
    """The same questions to everybody, at both layers."""
    for caller in callers:
        yield from (caller.get(path) for path in PATHS)
        yield from (caller.query(query) for query in QUERIES)


def test_a_lost_database_gives_503_until_it_is_back(
    gated_applications: tuple[Gate, Application, Application],
) -> None:
    gate, *applications = gated_applications
    callers = [application.national(Role.VIEWER) for application in applications]
    for _ in range(2):
        assert {answer.status_code for answer in answers(callers)} == {200}
        runner().run(gate.shut())
        for answer in answers(callers):
            assert_unavailable(answer)
        for application in applications:
            assert_unavailable(application.nobody.get("/health/ready"))
            assert application.nobody.get("/health/live").status_code == 200
            assert application.nobody.query("{ __typename }").status_code == 401
            assert application.nobody.get("/api/v1/units").status_code == 401
            assert application.national(Role.OPERATOR).get("/api/v1/units").status_code == 403
        runner().run(gate.open())
    assert {answer.status_code for answer in answers(callers)} == {200}


def test_a_refusal_stays_one_while_the_database_is_away(
    callers: Callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fail(monkeypatch, DatabaseUnavailable())
    for caller in callers:
        officer = caller.application.national(Role.TIP_OFFICER)
        answer = officer.query("{ models { totalCount } a: units(first: 0) { totalCount } }")
        codes = [fault["extensions"]["code"] for fault in answer.json()["errors"]]
        assert (answer.status_code, codes) == (200, ["forbidden", "out_of_bounds"])
        assert_unavailable(officer.query("{ models { totalCount } units { totalCount } }"))


FAILURES: list[Exception] = [
    RuntimeError(SECRET), KeyError(SECRET), asyncpg.UndefinedTableError(SECRET),
    asyncpg.InsufficientPrivilegeError(SECRET), asyncpg.DataError(SECRET), AssertionError(SECRET),
    RecursionError(SECRET),
]  # fmt: skip


@pytest.mark.parametrize("failure", FAILURES, ids=lambda error: type(error).__name__)
def test_an_unexpected_failure_is_answered_alike_and_reveals_nothing(
    callers: Callers, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    _fail(monkeypatch, failure)
    query = """{ a: units(first: 1) { nodes { id } } b: unit(id: "VN") { id }
        c: units(first: 0) { totalCount } node(id: "VN") { id } }"""
    quick, slow = (caller.speaking("en").query(query) for caller in callers)
    assert faults(quick) == faults(slow)
    for answer in (quick, slow):
        body = answer.json()
        assert answer.status_code == 200
        assert body["data"] == {"a": None, "b": None, "c": None, "node": None}
        codes = {fault["path"][0]: fault["extensions"]["code"] for fault in body["errors"]}
        wrong = dict.fromkeys(("a", "b", "node"), "unexpected")
        assert codes == wrong | {"c": "out_of_bounds"}
    for answer in (quick, slow, *(caller.get(path) for caller in callers for path in PATHS[:4])):
        assert "unit_dated" not in answer.text
        assert type(failure).__name__ not in answer.text
    for path in PATHS[:4]:
        answer = callers[0].get(path)
        assert (answer.status_code, answer.json()["code"]) == (500, "unexpected")
        assert answer.headers["content-type"] == "application/problem+json"


def _fail(monkeypatch: pytest.MonkeyPatch, failure: Exception) -> None:
    async def fetch(self: PoolExecutor, *args: Any) -> bytes:
        raise failure

    monkeypatch.setattr(PoolExecutor, "fetch", fetch)
