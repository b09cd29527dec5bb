"""No input of any field, parameter or header is answered with a fault of ours.

A sample of what `./run trust --only inputs` sends.
"""

import pytest

from app.domain.actor import Role
from tests.conformance.cases import ALL, WRITES, Case
from tests.dice import make_dice
from tests.inputs.contract import send_at_random, send_without_token
from tests.inputs.parameters import list_parameters
from tests.inputs.senders import Answers, send_address_edges, send_body_edges, send_header_edges
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario

ROLES = (Role.VIEWER, Role.RECORDER, Role.APPROVER, Role.TIP_OFFICER)
BODIES = [case for case in WRITES if case.operation and case.operation.body]
READS = [case for case in ALL if case.name.startswith("GET")]


@pytest.mark.parametrize("case", BODIES, ids=str)
def test_no_field_of_a_body_is_answered_with_a_fault_of_ours(
    scenario: Scenario, case: Case
) -> None:
    found = Answers()
    send_body_edges(scenario, case, make_dice(f"edges {case}"), 3, found)
    assert found.counts
    assert not found.faults, "\n".join(found.faults)


@pytest.mark.parametrize("case", READS, ids=str)
def test_no_parameter_is_answered_with_a_fault_of_ours(scenario: Scenario, case: Case) -> None:
    found, request = Answers(), prepare(scenario, case.cell())
    names = list_parameters(scenario.application.app, case.name)
    send_address_edges(request.who, request.path, names, make_dice(f"raw {case}"), 4, found)
    assert not found.faults, "\n".join(found.faults)


def test_nobody_is_answered_with_a_fault_of_ours(scenario: Scenario) -> None:
    found = Answers()
    send_without_token(scenario, make_dice("nobody"), 8, found)
    assert not found.faults, "\n".join(found.faults)


@pytest.mark.parametrize("case", ALL[::7], ids=str)
def test_no_request_made_of_the_contract_is_answered_with_a_fault_of_ours(
    scenario: Scenario, case: Case
) -> None:
    found = Answers()
    send_at_random(scenario, case, ROLES, make_dice(f"contract {case}"), 2, found)
    assert not found.faults, "\n".join(found.faults)


def test_no_header_is_answered_with_a_fault_of_ours(scenario: Scenario) -> None:
    found = Answers()
    for name in ("GET /api/v1/units/{id}", "PATCH /api/v1/teams/{id}"):
        case = next(case for case in ALL if case.name == name)
        request = prepare(scenario, case.cell())
        method, data = name.split()[0], request.request.data or {}
        send_header_edges(request.who, method, request.path, data, found)
    assert not found.faults, "\n".join(found.faults)
