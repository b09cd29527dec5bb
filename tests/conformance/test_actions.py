"""The actions of a caller are listed with their needs; all others are refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from app import features
from app.domain.actor import GRANTS, Role
from app.domain.records.state_machine import StateMachine
from tests.conformance.cases import RESOURCES
from tests.give import PAPER
from tests.matrix.cells import Cell, PreparedRequest, prepare
from tests.matrix.oracle import LINES, Line
from tests.matrix.scenario import Scenario

MACHINES = dict(features.state_machines())
SHAPES = {one.path: one for one in RESOURCES}
RELATIONS = ("own_commune", "province_above", "commune_beside", "village_below", "country")
# What the fields of the caller cannot heal: the record lacks it, or others stand in the way.
STATED = {
    "changed_since", "plan_changed", "plan_not_ready", "last_administrator", "not_a_successor",
    "leader_taken", "unit_not_found",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A resource with transitions, and one line of the oracle about them."""

    path: str
    line: Line

    def __str__(self) -> str:
        return f"{self.path} {self.line.case}".strip()

    @property
    def machine(self) -> StateMachine[Any]:
        return MACHINES[self.path]

    @property
    def fields_by_action(self) -> dict[str, list[str]]:
        """Return the fields that each action may need, on whatever record."""
        return {step.action: list(step.required_fields) for step in self.machine.steps}

    @property
    def roles(self) -> list[Role]:
        """One role that may, and every other that reads the records and may not."""
        reads = [role for role in Role if SHAPES[self.path].shape.needs in GRANTS[role]]
        return [*sorted(self.line.may), *(role for role in reads if role not in self.line.may)][:5]


def _cases() -> Iterator[Case]:
    for path in MACHINES:
        for line in LINES:
            words = line.rest.split()[1:]
            if (
                words
                and words[0].startswith(f"/api/v1/{path}/{{")
                and words[0].endswith("/transitions")
            ):
                yield Case(path, line)


CASES = list(_cases())


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("relation", RELATIONS)
def test_listed_actions_are_those_the_caller_may_take(
    scenario: Scenario, case: Case, relation: str
) -> None:
    for role in case.roles:
        if case.line.answers.get(relation, "-") == "-":
            continue
        request = prepare(scenario, Cell(case.line, "REST", frozenset({role}), relation))
        seen = _read(request)
        if seen is None:
            continue
        listed, needs = seen["allowed_actions"], seen["action_needs"]
        assert [need.split(".")[0] for need in needs if need.split(".")[0] not in listed] == []
        for action, names in case.fields_by_action.items():
            if action not in listed:
                answer = _take(scenario, request, action, names)
                assert answer.status_code in (403, 404, 409), (role, action, answer.text)
        for action in listed:
            _check_listed(scenario, case, role, relation, action)


def _check_listed(scenario: Scenario, case: Case, role: Role, relation: str, action: str) -> None:
    """Take a listed action: without each thing it needs, then with all of them."""
    request = prepare(scenario, Cell(case.line, "REST", frozenset({role}), relation))
    seen = _read(request)
    if seen is None or action not in seen["allowed_actions"]:
        return
    needs = [need.split(".")[1] for need in seen["action_needs"] if need.startswith(f"{action}.")]
    for left_out in needs:
        answer = _take(scenario, request, action, [n for n in needs if n != left_out])
        assert answer.status_code in (409, 422), (role, action, left_out, answer.text)
    answer = _take(scenario, request, action, needs)
    assert answer.is_success or answer.json()["code"] in STATED, (role, action, answer.text)


def test_both_layers_list_the_same(scenario: Scenario) -> None:
    for case in CASES:
        role = min(case.line.may)
        request = prepare(scenario, Cell(case.line, "REST", frozenset({role}), "own_commune"))
        if (seen := _read(request)) is None:
            continue
        name = SHAPES[case.path].row_name.split("_")
        field = name[0] + "".join(part.title() for part in name[1:])
        query = f"query($id: ID!) {{ {field}(id: $id) {{ allowedActions actionNeeds }} }}"
        told = request.who.ask(query, id=request.about.target_id)["data"][field]
        assert told == {
            "allowedActions": seen["allowed_actions"], "actionNeeds": seen["action_needs"],
        }, case  # fmt: skip


def _read(request: PreparedRequest) -> dict[str, Any] | None:
    path = request.path.removesuffix("/transitions")
    answer = request.who.get(path, fields="version,allowed_actions,action_needs")
    return answer.json() if answer.is_success else None


def _take(scenario: Scenario, request: PreparedRequest, action: str, names: list[str]) -> Any:
    """Take an action with some of the fields."""
    values = {
        "reason": "x", "document_id": str(PAPER), "message": "x",
        "plan_hash": "0" * 64, "unit": str(scenario.country["1.2"]), "result": "reminded",
        "basis": "expert_opinion", "closing_basis": "expunged",
        "criteria": [{"criterion": "one", "reason": "x"}],
    }  # fmt: skip
    if "reintegration-transfers" in request.path:  # words would stand unsealed
        values["reason"] = "not_resident_here"
    seen = request.who.get(request.path.removesuffix("/transitions"), fields="version")
    data = {"action": action} | {name: values[name] for name in names}
    headers = {"if-match": f'"{seen.json()["version"]}"'} if seen.is_success else {}
    return request.who.post(request.path, data, headers=headers)
