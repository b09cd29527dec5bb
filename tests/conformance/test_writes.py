"""Writes of every declared operation: once under a key, never over a newer version."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text

from app.api.graphql.types import SHAPES
from app.db.query.shape import Shape
from app.db.session import execute
from tests.application import runner
from tests.conformance.cases import WRITES, Case
from tests.conformance.round_trips import BUDGET, count_round_trips, load_budgets
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario
from tests.reads.neutral_questions import as_at_rest, braces

BUDGETS = load_budgets()
DONE = [case for case in WRITES if case.is_done]
ONCE = [case for case in DONE if case.operation and case.operation.idempotent]
VERSIONED = [case for case in DONE if case.is_versioned]
# tables are judged row by row, by the tests of imports
WITH_BODY = [
    case
    for case in DONE
    if case.operation and case.operation.body and not case.name.endswith("/import")
]


@pytest.mark.parametrize("case", ONCE, ids=str)
def test_sent_again_under_its_key_it_acts_once(scenario: Scenario, case: Case) -> None:
    request, key = prepare(scenario, case.cell()), uuid4().hex
    with count_round_trips() as trips:
        first = request.send(idempotency_key=key)
    assert first.is_success, first.text
    assert trips.count <= BUDGETS.get(str(case), BUDGET) + 1, "the first one claims its key"
    assert "idempotency-replayed" not in first.headers
    written = runner().run(count_changes(scenario))

    second = request.send(idempotency_key=key)
    assert second.status_code == first.status_code
    assert second.headers["idempotency-replayed"] == "true"
    assert {name for name, value in second.json().items() if value != first.json()[name]} <= SECRETS
    assert runner().run(count_changes(scenario)) == written


SECRETS = {"secret", "client_secret", "invitation", "receipt"}  # returned once, and stored nowhere


async def count_changes(scenario: Scenario) -> int:
    """Count what has ever been accounted for: each change is, in its own transaction."""
    async with scenario.application.behind() as session:
        counted = text("SELECT count(*) FROM audit_entry WHERE act = 'change'")
        found: int = (await execute(session, counted)).scalar_one()
        return found


@pytest.mark.parametrize("case", [case for case in ONCE if case.outsiders], ids=str)
def test_a_stored_answer_is_for_nobody_without_the_permission(
    scenario: Scenario, case: Case
) -> None:
    """The same person at the same application, whose role is gone, learns nothing of it."""
    request, key = prepare(scenario, case.cell()), uuid4().hex
    assert request.send(idempotency_key=key).is_success
    who = scenario.caller(frozenset({case.outsiders[0]}), request.cell.relation)
    again = request.send(who, idempotency_key=key)
    assert (again.status_code, again.json()["code"]) == (403, "forbidden")
    assert again.json()["permission"] == case.needs


@pytest.mark.parametrize("case", ONCE, ids=str)
def test_a_stored_answer_is_for_nobody_out_of_scope(scenario: Scenario, case: Case) -> None:
    """The same person in the same role, who serves elsewhere now."""
    request, key = prepare(scenario, case.cell()), uuid4().hex
    assert request.send(idempotency_key=key).is_success
    for relation in _out_of_scope(case):
        who = scenario.caller(request.cell.roles, relation)
        again = request.send(who, idempotency_key=key)
        assert again.status_code in (403, 404, 422), relation
        assert "idempotency-replayed" not in again.headers
    assert request.send(idempotency_key=key).headers["idempotency-replayed"] == "true"


def _out_of_scope(case: Case) -> list[str]:
    """Relations of which the oracle says that the caller would not succeed."""
    return [where for where in case.line.answers if case.cell(where).expected_kind == "404"]


@pytest.mark.parametrize("case", VERSIONED, ids=str)
def test_what_was_changed_meanwhile_is_not_changed_over(scenario: Scenario, case: Case) -> None:
    request = prepare(scenario, case.cell())
    stale = request.send(if_match='"999"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    unseen = replace(request, request=replace(request.request, versioned=False)).send()
    assert unseen.status_code == 428
    assert request.send().is_success


@pytest.mark.parametrize("case", WITH_BODY, ids=str)
def test_a_field_that_nobody_knows_is_pointed_at(scenario: Scenario, case: Case) -> None:
    request = prepare(scenario, case.cell())
    more = (request.request.data or {}) | {"nonsense": 1}
    answer = replace(request, request=replace(request.request, data=more)).send()
    assert answer.status_code == 422
    assert "/nonsense" in [fault["pointer"] for fault in answer.json()["errors"]]


ROWS = [case for case in DONE if case.operation and isinstance(case.operation.answer, Shape)]


@pytest.mark.parametrize("case", [case for case in ROWS if case.line.graphql], ids=str)
def test_both_layers_answer_with_the_row_as_it_then_is(scenario: Scenario, case: Case) -> None:
    assert case.operation
    shape = SHAPES[case.operation.answer.name]  # type: ignore[union-attr]
    body = prepare(scenario, case.cell()).send().json()
    fields: Mapping[str, Any] = {name: {} for name in shape.fields if name in body}
    row = as_at_rest(shape, prepare(scenario, case.cell()).query(braces(fields)))
    assert {name: _kind(value) for name, value in row.items()} == {
        name: _kind(body[name]) for name in fields
    }
    assert _select_stable(shape, row) == _select_stable(shape, body)


def _kind(value: Any) -> type:
    """Return the type of a JSON value: 7 and 7.0 are the same number."""
    return float if type(value) is int else type(value)


def _select_stable(shape: Shape, row: Mapping[str, Any]) -> dict[str, Any]:
    """Select the fields that two rows of the same request have in common."""
    return {name: row[name] for name in ("state", "kind", "level") if name in row}
