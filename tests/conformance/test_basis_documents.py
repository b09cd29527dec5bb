"""Every operation that takes a document refuses one that is absent, elsewhere or not in force."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from app.db.session import execute
from app.db.tables.documents import Document, DocumentKind, DocumentState
from app.db.tables.units import UnitLevel
from app.domain.units.shape import today
from tests.application import runner
from tests.conformance.cases import WRITES, Case
from tests.give import PAPER
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario

CASES = [
    case
    for case in WRITES
    if case.is_done and case.operation and case.operation.body
    and "document_id" in case.operation.body.model_fields
]  # fmt: skip
# Documents that only state something: they are in sight, and need not be in force.
SOURCES = {"POST /api/v1/stated-figures", "PATCH /api/v1/stated-figures/{id}"}
BASES = [case for case in CASES if case.name not in SOURCES]


def put(scenario: Scenario, path: str, **over: Any) -> UUID:
    """Put down a document of a unit, issued long ago unless another day is given."""

    async def write() -> UUID:
        known: dict[str, Any] = {"state": DocumentState.ISSUED} | over
        async with scenario.application.behind() as session:
            row = Document(
                unit_id=scenario.country[path], kind=DocumentKind.DECISION, title="Quyết định",
                issuer="UBND", level=UnitLevel.COMMUNE, search_key="quyet dinh", **known,
            )  # fmt: skip
            session.add(row)
            await session.flush()
            return row.id

    return runner().run(write())


def send(scenario: Scenario, case: Case, document: UUID) -> httpx.Response:
    request = prepare(scenario, case.cell())
    data = (request.request.data or {}) | {"document_id": str(document)}
    return replace(request, request=replace(request.request, data=data)).send()


def test_operations_with_a_document_are_found() -> None:
    names = {case.name for case in CASES}
    assert {"POST /api/v1/teams/{id}/transitions", "POST /api/v1/tips/{id}/transitions"} < names
    assert len(BASES) > 10


@pytest.mark.parametrize("case", BASES, ids=str)
def test_a_document_in_force_is_a_basis(scenario: Scenario, case: Case) -> None:
    answer = send(scenario, case, PAPER)
    assert answer.is_success, answer.text


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_unknown_document_is_refused(scenario: Scenario, case: Case) -> None:
    answer = send(scenario, case, uuid4())
    assert (answer.status_code, answer.json()["code"]) == (404, "document_not_found")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_document_elsewhere_is_refused_as_if_absent(scenario: Scenario, case: Case) -> None:
    answer = send(scenario, case, put(scenario, "2.1"))
    assert (answer.status_code, answer.json()["code"]) == (404, "document_not_found")


def _void(scenario: Scenario) -> UUID:
    id = put(scenario, "1.1")
    runner().run(_execute(scenario, id, "UPDATE document SET voided_at = now(), voided_by = 'x', "
                          "void_reason = 'x' WHERE id = :id"))  # fmt: skip
    return id


def _put_repealed(scenario: Scenario) -> UUID:
    id = put(scenario, "1.1", state=DocumentState.REPEALED)
    runner().run(_execute(scenario, id, "INSERT INTO transition (id, recorded_at, resource, "
        "resource_id, action, from_state, to_state, effective_on, recorded_by, client) VALUES "
        "(gen_random_uuid(), now(), 'document', :id, 'repeals', 'issued', 'repealed', "
        "'2020-01-01', 'x', 'x')"))  # fmt: skip
    return id


async def _execute(scenario: Scenario, id: UUID, statement: str) -> None:
    async with scenario.application.behind() as session:
        await execute(session, text(statement), {"id": id})


LATER = today() + timedelta(days=400)
OUT_OF_FORCE: dict[str, Callable[[Scenario], UUID]] = {
    "draft": partial(put, path="1.1", state=DocumentState.DRAFT),
    "signed": partial(put, path="1.1", state=DocumentState.SIGNED),
    "issued later": partial(put, path="1.1", issued_on=LATER, issued_year=LATER.year),
    "in force later": partial(put, path="1.1", in_force_on=LATER),
    "repealed": _put_repealed,
}


@pytest.mark.parametrize("why", OUT_OF_FORCE)
@pytest.mark.parametrize("case", BASES, ids=str)
def test_a_document_not_in_force_on_the_day_is_refused(
    scenario: Scenario, case: Case, why: str
) -> None:
    answer = send(scenario, case, OUT_OF_FORCE[why](scenario))
    assert (answer.status_code, answer.json()["code"]) == (409, "basis_not_in_force"), answer.text


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_voided_document_is_refused(scenario: Scenario, case: Case) -> None:
    answer = send(scenario, case, _void(scenario))
    assert (answer.status_code, answer.json()["code"]) == (404, "document_not_found")


def test_a_document_counts_until_the_day_of_its_end(scenario: Scenario) -> None:
    """A step of a day on which a document was in force may still be recorded."""
    case = next(case for case in BASES if case.name == "POST /api/v1/committees/{id}/transitions")
    paper = _put_repealed(scenario)
    for day, status in (("2019-12-31", 200), ("2020-01-01", 409)):
        request = prepare(scenario, case.cell())
        data = {"action": "dissolve", "reason": "x", "effective_on": day, "document_id": str(paper)}
        runner().run(_execute(scenario, UUID(request.about.target_id),
            "UPDATE committee SET established_on = '2018-01-01', since = '2018-01-01' "
            "WHERE id = :id"))  # fmt: skip
        answer = replace(request, request=replace(request.request, data=data)).send()
        assert answer.status_code == status, answer.text


MOVE = """mutation($id: UUID!, $v: Int!, $doc: UUID!) { transitionCommittee(id: $id,
    expectedVersion: $v, data: {action: "dissolve", reason: "x", documentId: $doc}) { state } }"""


def test_both_layers_refuse_alike(scenario: Scenario) -> None:
    case = next(case for case in BASES if case.name == "POST /api/v1/committees/{id}/transitions")
    request = prepare(scenario, case.cell())
    codes = {}
    for document in (uuid4(), put(scenario, "2.1"), OUT_OF_FORCE["draft"](scenario)):
        asked = {"id": request.about.target_id, "v": 1, "doc": str(document)}
        codes[document] = request.who.ask(MOVE, **asked)["errors"][0]["extensions"]["code"]
    assert list(codes.values()) == ["document_not_found"] * 2 + ["basis_not_in_force"]
