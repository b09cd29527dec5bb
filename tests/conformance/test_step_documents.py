"""Every step takes several documents with their roles, and refuses each that is no basis."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from app.db.tables.documents import DocumentState
from app.domain.actor import Level, Role
from tests.api.records import code, id_of, make
from tests.application import Application, Caller
from tests.conformance.cases import WRITES, Case
from tests.conformance.test_basis_documents import put
from tests.give import PAPER, Country
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario

STEPS = [
    case
    for case in WRITES
    if case.is_done and case.operation and case.operation.body
    and "documents" in case.operation.body.model_fields
]  # fmt: skip
REFUSED: dict[str, Callable[[Scenario], UUID]] = {
    "document_not_found": lambda scenario: uuid4(),
    "basis_not_in_force": partial(put, path="1.1", state=DocumentState.DRAFT),
}
MOVE = """mutation($id: UUID!, $v: Int!, $data: ModelTransition!) {
    transitionModel(id: $id, expectedVersion: $v, data: $data) { state approvalDocumentId
        transitions(first: 9) { action documents(first: 9) { documentId role } } } }"""


def send(scenario: Scenario, case: Case, document: UUID) -> httpx.Response:
    request = prepare(scenario, case.cell())
    named = [{"id": str(PAPER), "role": "plan"}, {"id": str(document), "role": "approval"}]
    data = (request.request.data or {}) | {"documents": named}
    return replace(request, request=replace(request.request, data=data)).send()


def test_steps_are_found() -> None:
    assert len(STEPS) > 8


@pytest.mark.parametrize("case", STEPS, ids=str)
def test_documents_in_force_are_taken(scenario: Scenario, case: Case) -> None:
    answer = send(scenario, case, PAPER)
    assert answer.is_success, answer.text


@pytest.mark.parametrize("why", REFUSED)
@pytest.mark.parametrize("case", STEPS, ids=str)
def test_each_of_them_is_a_basis(scenario: Scenario, case: Case, why: str) -> None:
    answer = send(scenario, case, REFUSED[why](scenario))
    assert answer.json()["code"] == why, answer.text


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def give_model(caller: Caller, country: Country) -> str:
    path = make(caller, "models", type="camera", units=[str(country["1.1"])], name="Camera")
    for action in ("survey", "approve"):
        assert caller.move(path, {"action": action}).is_success
    return path


def give_plan(caller: Caller, country: Country) -> str:
    path = make(caller, "documents", unit=str(country["1.1"]), kind="plan", title="Kế hoạch",
                issuer="UBND xã", level="commune", issued_on="2020-01-01")  # fmt: skip
    assert caller.move(path, {"action": "register"}).is_success
    return path


def read_documents(caller: Caller, path: str) -> list[Any]:
    """Return the documents of the last step, over REST."""
    found = caller.get(path, fields="transitions[documents[document_id,role]]").json()
    return [(one["document_id"], one["role"]) for one in found["transitions"][-1]["documents"]]


def test_a_launch_has_its_plan_decision_and_pledge(approver: Caller, country: Country) -> None:
    path, plan = give_model(approver, country), id_of(give_plan(approver, country))
    assert approver.move(path, {"action": "launch"}).status_code == 422  # no document orders it
    named = [(plan, "plan"), (str(PAPER), "launch_decision"), (plan, "pledge")]
    step = {"action": "launch", "documents": [{"id": id, "role": role} for id, role in named]}
    done = approver.move(path, step)
    assert (done.status_code, done.json()["approval_document_id"]) == (200, str(PAPER)), done.text
    assert read_documents(approver, path) == named
    refused = approver.change("POST", f"/api/v1/documents/{plan}", {"reason": "x"}, at="/void")
    assert code(refused) == (409, "has_dependants")


def test_one_document_has_a_role_once(approver: Caller, country: Country) -> None:
    path = give_model(approver, country)
    twice = [{"id": str(PAPER), "role": "approval"}] * 2
    refused = approver.move(path, {"action": "launch", "documents": twice})
    assert refused.json()["errors"][0]["code"] == "document_twice"


def test_a_step_that_needs_a_document_takes_one_with_a_role(
    approver: Caller, country: Country
) -> None:
    path, named = give_model(approver, country), [{"id": str(PAPER), "role": "approval"}]
    step = {"action": "retire", "reason": "x", "documents": named}
    assert approver.move(path, step).json()["state"] == "retired"


def test_over_graphql(approver: Caller, country: Country) -> None:
    path = give_model(approver, country)
    data = {"action": "launch", "documents": [{"id": str(PAPER), "role": "LAUNCH_DECISION"}]}
    row = approver.ask(MOVE, id=id_of(path), v=3, data=data)["data"]["transitionModel"]
    assert (row["state"], row["approvalDocumentId"]) == ("LAUNCHED", str(PAPER))
    assert row["transitions"][-1]["documents"] == [
        {"documentId": str(PAPER), "role": "LAUNCH_DECISION"}
    ]
