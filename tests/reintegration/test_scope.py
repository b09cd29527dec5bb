"""Scope of cases: the services and the policies of the database each hold it alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from app.db.query.statement import object_statement, value_statement
from app.domain.actor import Role
from app.domain.reintegration.kind import CASE_KIND, READABLE
from app.domain.scope import EVERYBODY
from tests.application import Application
from tests.reintegration.scenario import CASES, CaseScenario

LIST = "{ reintegrationCases(first: 100) { nodes { id } } }"
PLACES = ("1.1", "1", "1.2", "2", "", "1.1.1")
SUBJECTS = ("owner", "opener", "late", "ended", "colleague")  # late: it has run out
CALLERS = [(subject, place) for subject in SUBJECTS for place in PLACES]
HERE = ("1.1", "1")  # where the case lies
WRITERS, READERS = {"owner"}, {"owner", "opener"}  # who opened it in an emergency only reads
END = """UPDATE reintegration_opening SET opens_until = opened_at + interval '1 microsecond'
  WHERE opened_by = 'late'"""
PART = """INSERT INTO reintegration_assignment
  (id, case_id, subject, part, assigned_by, assigned_on, ended_on)
  VALUES (gen_random_uuid(), :id, 'ended', 'worker', 'owner', '2026-03-02', '2026-03-02')"""
ENTRIES = ("assignments", "needs", "plan_actions", "contacts", "supports", "consents", "openings")


@contextmanager
def use_everybody() -> Iterator[None]:
    """Let the services forget the scope of cases."""
    of_service: Any = CASE_KIND.scope
    readable: Any = READABLE
    before = dict(of_service), dict(readable)
    _set((of_service, EVERYBODY), (readable, EVERYBODY))
    try:
        yield
    finally:
        _set((of_service, before[0]), (readable, before[1]))


def _set(*scopes: tuple[Any, Any]) -> None:
    for scope, values in scopes:
        scope.update(values)
    value_statement.cache_clear()
    object_statement.cache_clear()


def count_wrong(scenario: CaseScenario, case: str) -> int:
    """Count callers that see, open or change a case which is not theirs, or miss one that is."""
    wrong = 0
    for subject, place in CALLERS:
        caller = scenario.who(subject, place)
        mine, own = (place in HERE and subject in of for of in (READERS, WRITERS))
        rows = {row["id"] for row in caller.get(CASES, limit=100, fields="id").json()["items"]}
        nodes = {row["id"] for row in caller.ask(LIST)["data"]["reintegrationCases"]["nodes"]}
        wrong += (case in rows) != mine
        wrong += (case in nodes) != mine
        wrong += (scenario.read(caller, case).status_code == 200) != mine
        whole = caller.get(f"{CASES}/{case}", expand=",".join(ENTRIES))
        wrong += (whole.status_code == 200) != mine
        wrong += mine and len(whole.json()["needs"]) == 0
        need = {"pathway": "family", "status": "none_identified"}
        wrong += (caller.post(f"{CASES}/{case}/needs", need).status_code == 200) != own
    return wrong


@pytest.fixture(scope="module")
def case(application: Application, country: Any) -> str:
    scenario = CaseScenario(application, country)
    made = scenario.open(scenario.who("owner"))
    need = {"pathway": "work", "status": "none_identified"}
    assert scenario.who("owner").post(f"{CASES}/{made['id']}/needs", need).status_code == 200
    data = {"case_number": made["case_number"], "basis": "person_asks", "reason": "x"}
    for subject in ("opener", "late"):
        opened = scenario.who(subject).post("/api/v1/reintegration-openings", data)
        assert opened.status_code == 201, opened.text
    scenario.rows(END)
    scenario.rows(PART, id=UUID(made["id"]))
    found: str = made["id"]
    return found


def test_each_sees_the_cases_in_which_they_have_a_part(scenario: CaseScenario, case: str) -> None:
    assert count_wrong(scenario, case) == 0


def test_the_database_alone_holds_it(scenario: CaseScenario, case: str) -> None:
    with use_everybody():
        assert count_wrong(scenario, case) == 0


def test_the_services_alone_hold_it(country: Any, case: str, application_url: str) -> None:
    with Application.on(application_url, database_role="") as owner:
        assert count_wrong(CaseScenario(owner, country), case) == 0


def test_no_other_role_has_a_way_in(scenario: CaseScenario, case: str) -> None:
    for role in set(Role) - {Role.CASE_WORKER}:
        caller = scenario.who("owner", "1.1", role)
        assert caller.get(f"{CASES}/{case}").status_code == 403
        assert scenario.read(caller, case).status_code == 403
