"""Names that a read does not know: one refusal for every list, row and figure, in both layers."""

from typing import Any

import pytest

from app.api import guard
from tests.conformance.cases import FIGURES, LISTS, RESOURCES, ROWS, Case
from tests.matrix.cells import PreparedRequest, prepare
from tests.matrix.scenario import Scenario
from tests.reads.neutral_questions import SCHEMA, camel

READS = [*LISTS, *ROWS, *FIGURES]
NOTHING = "nonsense"
OPEN = [name for name in guard.PUBLIC if "/api/v1/public/" in name]


def _reader(scenario: Scenario, case: Case) -> PreparedRequest:
    return prepare(scenario, case.cell("own_commune" if case in LISTS else ""))


def read_refusal(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("case", READS, ids=str)
def test_an_unknown_parameter_isread_refusal(scenario: Scenario, case: Case) -> None:
    request = _reader(scenario, case)
    known = {**request.request.terms, **request.request.where}
    answer = request.who.get(request.path, **known, **{NOTHING: "1"})
    assert read_refusal(answer) == (400, "unknown_name"), answer.text
    assert answer.json()["name"] == NOTHING
    assert set(known) <= set(answer.json()["allowed"])


@pytest.mark.parametrize("name", OPEN)
def test_unknown_parameters_are_refused_without_a_token_too(scenario: Scenario, name: str) -> None:
    method, path = name.split()
    answer = scenario.application.nobody.send(method, path, params={NOTHING: "1"}, json={})
    assert read_refusal(answer) == (400, "unknown_name"), answer.text


@pytest.mark.parametrize("case", [*LISTS, *ROWS], ids=str)
def test_an_unknown_field_or_link_isread_refusal(scenario: Scenario, case: Case) -> None:
    request = _reader(scenario, case)
    for wrong in ({"fields": f"id,{NOTHING}"}, {"fields": f"{NOTHING}[id]"}, {"expand": NOTHING}):
        answer = request.who.get(request.path, **wrong)
        assert read_refusal(answer) == (400, "unknown_name"), answer.text
        assert answer.json()["allowed"] or "expand" in wrong


@pytest.mark.parametrize("case", LISTS, ids=str)
def test_an_unknown_comparison_isread_refusal(scenario: Scenario, case: Case) -> None:
    request, resource = _reader(scenario, case), RESOURCES[LISTS.index(case)]
    for name in resource.shape.filters:
        answer = request.who.get(request.path, **{f"{name}.{NOTHING}": "1"})
        assert read_refusal(answer) == (400, "unknown_name"), answer.text


@pytest.mark.parametrize("case", READS, ids=str)
def test_graphql_refuses_an_unknown_argument_and_field(scenario: Scenario, case: Case) -> None:
    request = _reader(scenario, case)
    if case.operation is None:
        resource = RESOURCES[(LISTS if case in LISTS else ROWS).index(case)]
        name = camel(resource.list_name if case in LISTS else resource.row_name)
    else:
        name = case.line.graphql.split()[1]
    assert name in SCHEMA.query_type.fields  # type: ignore[union-attr]
    for query in (f"{{ {name}({NOTHING}: 1) {{ __typename }} }}", f"{{ {name} {{ {NOTHING} }} }}"):
        answer = request.who.ask(query)
        assert not answer.get("data"), answer
        assert any(NOTHING in str(fault) for fault in answer["errors"])
