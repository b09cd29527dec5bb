"""Scope of cases: the services and the policies of the database each hold it alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.db.query.statement import object_statement, value_statement
from app.domain.actor import Role
from app.domain.reintegration.kind import CASE_KIND
from app.domain.reintegration.shape import CASE
from app.domain.scope import EVERYBODY
from tests.application import Application
from tests.reintegration.scenario import CASES, CaseScenario

LIST = "{ reintegrationCases(first: 100) { nodes { id } } }"
CALLERS = (
    ("owner", "1.1"), ("owner", "1"), ("owner", "1.2"), ("owner", "2"), ("owner", ""),
    ("owner", "1.1.1"), ("colleague", "1.1"), ("chief", "1"),
)  # fmt: skip
SEEN_FROM = {("owner", "1.1"), ("owner", "1")}  # the lead, where the case lies


@contextmanager
def use_everybody() -> Iterator[None]:
    """Let the services forget the scope of cases."""
    of_service: Any = CASE_KIND.scope
    before, live = dict(of_service), CASE.scope
    _set(of_service, EVERYBODY, EVERYBODY)
    try:
        yield
    finally:
        _set(of_service, before, live)


def _set(of_service: Any, scope: Any, live: Any) -> None:
    of_service.update(scope)
    object.__setattr__(CASE, "scope", live)
    value_statement.cache_clear()
    object_statement.cache_clear()


def count_wrong(scenario: CaseScenario, case: str) -> int:
    """Count callers that see, open or change a case which is not theirs, or miss one that is."""
    wrong = 0
    for subject, place in CALLERS:
        caller, mine = scenario.who(subject, place), (subject, place) in SEEN_FROM
        rows = {row["id"] for row in caller.get(CASES, limit=100, fields="id").json()["items"]}
        nodes = {row["id"] for row in caller.ask(LIST)["data"]["reintegrationCases"]["nodes"]}
        wrong += (case in rows) != mine
        wrong += (case in nodes) != mine
        wrong += (scenario.read(caller, case).status_code == 200) != mine
        need = {"pathway": "family", "status": "none_identified"}
        wrong += (caller.post(f"{CASES}/{case}/needs", need).status_code == 200) != mine
    return wrong


@pytest.fixture(scope="module")
def case(application: Application, country: Any) -> str:
    scenario = CaseScenario(application, country)
    found: str = scenario.open(scenario.who("owner"))["id"]
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
