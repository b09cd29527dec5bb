"""Every resource that devices may push: fields merge, a conflict waits, and nothing comes twice."""

from typing import Any

import pytest

from app.db.base import now, uuid7
from app.domain.actor import GRANTS, Permission
from app.domain.exchange.sync.kinds import list_kinds
from app.domain.exchange.sync.schemas import OperationKind
from app.domain.resources import Resource
from tests.conformance.cases import RESOURCES, WRITES, Case
from tests.exchange.device import PUSH, make_operation
from tests.matrix.cells import PreparedRequest, prepare
from tests.matrix.features import OFFLINE
from tests.matrix.scenario import Scenario

KINDS = list_kinds(RESOURCES)
# Resources that are changed, but not by devices without a network, each with the reason.
ONLINE = {
    "accounts": "rights of people", "unit-reorganisations": "a change of the map",
    "webhook-endpoints": "a setting of a server",
    "tips": "a device has no copies of sensitive records",
    "reintegration-cases": "a device has no copies of sensitive records",
}  # fmt: skip
CASES = {case.name: case for case in WRITES}
CHANGED = [CASES[f"PATCH /api/v1/{path}/{{id}}"] for path in OFFLINE]


def path_of(case: Case) -> str:
    return case.name.split("/")[3]


def send(prepared: PreparedRequest, *operations: dict[str, Any], who: Any = None) -> Any:
    """Push operations; return their results."""
    data = {"operations": list(operations), "sent_at": now().isoformat()}
    answer = (who or prepared.who).post(PUSH, data)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


class Record:
    """A record that two have read in one version."""

    def __init__(self, scenario: Scenario, case: Case) -> None:
        self.prepared, self.path = prepare(scenario, case.cell()), path_of(case)
        self.id = self.prepared.about.target_id
        self.before = self.read()

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = self.prepared.who.get(f"/api/v1/{self.path}/{self.id}").json()
        return found

    def change(self, values: dict[str, Any]) -> dict[str, Any]:
        """Note a change as a device does that knows the record as it was first read."""
        base = {name: self.before[name] for name in values}
        version = self.before["version"]
        return make_operation("change", self.path, self.id, values, version, base)


@pytest.mark.parametrize("resource", [one for one in RESOURCES if one.update], ids=lambda r: r.path)
def test_every_resource_is_changed_offline_or_says_why_not(resource: Resource) -> None:
    kind = KINDS.get(resource.path)
    is_synced = kind is not None and OperationKind.CHANGE in kind.operations
    assert is_synced == (resource.path in OFFLINE) != (resource.path in ONLINE)


@pytest.mark.parametrize("case", CHANGED, ids=path_of)
def test_different_fields_merge(scenario: Scenario, case: Case) -> None:
    record, (first, _, other) = Record(scenario, case), OFFLINE[path_of(case)]
    one, two = send(record.prepared, record.change(first), record.change(other))
    assert (one["status"], two["status"]) == ("done", "merged"), two["code"]
    found = record.read()
    assert {name: found[name] for name in {**first, **other}} == {**first, **other}


@pytest.mark.parametrize("case", CHANGED, ids=path_of)
def test_one_field_of_two_values_is_a_conflict(scenario: Scenario, case: Case) -> None:
    record, (theirs, mine, other) = Record(scenario, case), OFFLINE[path_of(case)]
    one, two = send(record.prepared, record.change(theirs), record.change(mine | other))
    assert (one["status"], two["status"]) == ("done", "conflict"), two["code"]
    found = record.read()
    assert {name: found[name] for name in {**theirs, **other}} == {**theirs, **other}
    (id,) = two["conflict_ids"]
    conflict = record.prepared.who.get(f"/api/v1/sync-conflicts/{id}").json()
    assert (conflict["mine"], conflict["theirs"]) == (mine, theirs)
    data = {"choice": "mine", "record_version": found["version"]}
    path = f"/api/v1/sync-conflicts/{id}"
    solved = record.prepared.who.change("POST", path, data, at="/resolve")
    assert solved.status_code == 200, solved.text
    assert {name: record.read()[name] for name in mine} == mine


@pytest.mark.parametrize("case", CHANGED, ids=path_of)
def test_what_is_pushed_again_changes_nothing(scenario: Scenario, case: Case) -> None:
    record, (theirs, mine, other) = Record(scenario, case), OFFLINE[path_of(case)]
    queues = [record.change(theirs)], [record.change(mine), record.change(other)]
    first = [send(record.prepared, *queue) for queue in queues]
    found = record.read()
    for _ in range(2):
        assert [send(record.prepared, *queue) for queue in queues] == first
    assert record.read() == found
    assert {item["status"] for items in first for item in items} == {"done", "conflict", "merged"}


@pytest.mark.parametrize("case", [one for one in CHANGED if one.too_far()], ids=path_of)
def test_nobody_pushes_from_elsewhere(scenario: Scenario, case: Case) -> None:
    """Neither a change nor a conflict: out of scope looks like absent."""
    record, (theirs, mine, _) = Record(scenario, case), OFFLINE[path_of(case)]
    send(record.prepared, record.change(theirs))
    found = record.read()
    roles = record.prepared.cell.roles
    for relation in case.too_far():
        if relation == "nowhere":
            continue
        (item,) = send(record.prepared, record.change(mine), who=scenario.caller(roles, relation))
        assert item["status"] == "refused", (relation, item)
        assert item["code"].endswith("not_found"), (relation, item)
    assert record.read() == found


def _outsiders(case: Case) -> list[Any]:
    return [role for role in case.outsiders if Permission.SYNC_WRITE in GRANTS[role]]


@pytest.mark.parametrize("case", [one for one in CHANGED if _outsiders(one)], ids=path_of)
def test_nobody_pushes_without_the_permission_of_the_change(scenario: Scenario, case: Case) -> None:
    record, (theirs, mine, _) = Record(scenario, case), OFFLINE[path_of(case)]
    send(record.prepared, record.change(theirs))
    found = record.read()
    for role in _outsiders(case):
        who = scenario.caller(frozenset({role}), record.prepared.cell.relation)
        (item,) = send(record.prepared, record.change(mine), who=who)
        assert (item["status"], item["code"]) == ("refused", "forbidden")
    assert record.read() == found


STEPS = [
    case for case in WRITES
    if case.is_done and case.name.endswith("/{id}/transitions")
    and OperationKind.TRANSITION in getattr(KINDS.get(path_of(case)), "operations", ())
]  # fmt: skip


@pytest.mark.parametrize("case", STEPS, ids=path_of)
def test_a_step_is_applied_once_and_not_over_another(scenario: Scenario, case: Case) -> None:
    prepared = prepare(scenario, case.cell())
    path, id = path_of(case), prepared.about.target_id
    version = prepared.who.get(f"/api/v1/{path}/{id}").json()["version"]
    values = prepared.request.data or {}
    first, second = (
        make_operation("transition", path, id, values, version) for _ in range(2)
    )  # fmt: skip
    one, two, again = send(prepared, first, second, first)
    assert one["status"] == "done", one
    assert (two["status"], two["code"]) == ("refused", "stale"), two
    assert again == {**one, "index": 2}


CREATED = [
    case for case in WRITES
    if case.is_done and case.operation and case.name.startswith("POST")
    and any(case.operation.function is kind.operations[OperationKind.CREATE].function
            for kind in KINDS.values() if OperationKind.CREATE in kind.operations)
]  # fmt: skip


@pytest.mark.parametrize("case", CREATED, ids=str)
def test_a_new_record_has_the_id_of_its_device(scenario: Scenario, case: Case) -> None:
    prepared, id = prepare(scenario, case.cell()), str(uuid7())
    path = next(
        path for path, kind in KINDS.items()
        if OperationKind.CREATE in kind.operations
        and kind.operations[OperationKind.CREATE].function is case.operation.function  # type: ignore[union-attr]
    )  # fmt: skip
    parent = next(iter(prepared.request.path.values()), None)
    made = make_operation("create", path, id, prepared.request.data or {}, parent=parent)
    one, again = send(prepared, made, made)
    assert one["status"] == "done", one
    assert again == {**one, "index": 1}
    assert prepared.who.get(f"/api/v1/{path}/{id}", fields="id").json() == {"id": id}
