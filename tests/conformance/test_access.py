"""Access to everything declared: anonymous, wrong role and wrong unit are refused alike."""

from uuid import uuid4

import pytest

from tests.conformance.cases import ALL, Case
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario


@pytest.mark.parametrize("case", ALL, ids=str)
def test_without_a_token_nothing_is_answered(scenario: Scenario, case: Case) -> None:
    answer = prepare(scenario, case.cell()).send(scenario.application.nobody)
    assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize("case", [case for case in ALL if case.outsiders], ids=str)
def test_a_role_without_the_permission_is_refused_by_its_name(
    scenario: Scenario, case: Case
) -> None:
    request = prepare(scenario, case.cell())
    who = scenario.caller(frozenset({case.outsiders[0]}), request.cell.relation)
    answer = request.send(who)
    body = answer.json()
    assert (answer.status_code, body["code"]) == (403, "forbidden")
    assert body["permission"] == case.needs


@pytest.mark.parametrize("case", [case for case in ALL if case.is_placed], ids=str)
def test_what_lies_elsewhere_is_as_if_it_were_not_there(scenario: Scenario, case: Case) -> None:
    request = prepare(scenario, case.cell(case.too_far()[0]))
    elsewhere = request.send()
    absent = request.send(path=request.path.replace(request.about.target_id, str(uuid4())))
    assert (elsewhere.status_code, absent.status_code) == (404, 404)
    assert _without_id(elsewhere.json()) == _without_id(absent.json())


def _without_id(body: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in body.items() if name != "request_id"}
