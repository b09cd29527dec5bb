"""Offline sync: operations of devices merge, conflict, and come once, at both layers."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from pydantic.alias_generators import to_camel

from app.db.base import now, uuid7
from app.domain.actor import Level, Role
from app.domain.exchange.sync import parts, service
from app.domain.exchange.sync.json_values import MAX_BYTES
from tests.api.test_reorganisations import PATH as REORGANISATIONS
from tests.api.test_reorganisations import merge
from tests.application import Application, Caller
from tests.exchange.device import PUSH, make_operation, name_it, push
from tests.give import Country

CONFLICTS = "/api/v1/sync-conflicts"
ORGANISATIONS = "/api/v1/organisations"


@pytest.fixture
def recorder(application: Application, country: Country) -> Caller:
    return application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])


def add(caller: Caller, country: Country, **more: Any) -> dict[str, Any]:
    data = {"unit": str(country["1.1"]), "kind": "school", "name": name_it()} | more
    made: dict[str, Any] = caller.post(ORGANISATIONS, data).json()
    return made


def read(caller: Caller, id: str) -> dict[str, Any]:
    found: dict[str, Any] = caller.get(f"{ORGANISATIONS}/{id}").json()
    return found


def change(row: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Note a change of a record as it was read."""
    base = {name: row[name] for name in values if name in row}
    return make_operation("change", "organisations", row["id"], values, row["version"], base)


def test_a_record_made_offline_has_the_id_of_its_device(recorder: Caller, country: Country) -> None:
    id, name = str(uuid7()), name_it()
    made = make_operation(
        "create", "organisations", id, {"unit": str(country["1.1"]), "kind": "school", "name": name}
    )
    then = make_operation("change", "organisations", id, {"source": "sổ tay"}, 1)
    first, second = push(recorder, made, then)
    assert (first["status"], first["version"]) == ("done", 1)
    assert (second["status"], second["version"]) == ("done", 2)
    assert read(recorder, id)["name"] == name
    (again,) = push(recorder, {**made, "operation_id": str(uuid7())})
    assert (again["status"], again["code"]) == ("refused", "id_reused")


def test_different_fields_of_two_devices_merge(recorder: Caller, country: Country) -> None:
    row, name = add(recorder, country), name_it()
    assert push(recorder, change(row, name=name))[0]["status"] == "done"
    (second,) = push(recorder, change(row, source="sổ tay"))
    assert (second["status"], second["version"], second["conflict_ids"]) == ("merged", 3, [])
    found = read(recorder, row["id"])
    assert (found["name"], found["source"]) == (name, "sổ tay")


def test_the_same_value_on_both_sides_is_no_conflict(recorder: Caller, country: Country) -> None:
    row, name = add(recorder, country), name_it()
    push(recorder, change(row, name=name))
    (second,) = push(recorder, change(row, name=name))
    assert (second["status"], second["version"]) == ("merged", 2)


def make_conflict(recorder: Caller, row: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Let two devices set one name; return the conflict, and both names."""
    names = [name_it(), name_it()]
    push(recorder, change(row, name=names[0]))
    (second,) = push(recorder, change(row, name=names[1], source="sổ tay"))
    assert second["status"] == "conflict"
    found = recorder.get(f"{CONFLICTS}/{second['conflict_ids'][0]}")
    assert found.status_code == 200, found.text
    return found.json(), names


def test_one_field_set_to_two_values_waits_for_a_person(recorder: Caller, country: Country) -> None:
    row = add(recorder, country)
    conflict, (theirs, mine) = make_conflict(recorder, row)
    assert (conflict["field"], conflict["state"]) == ("name", "open")
    assert (conflict["base"], conflict["mine"], conflict["theirs"]) == (
        {"name": row["name"]}, {"name": mine}, {"name": theirs},
    )  # fmt: skip
    found = read(recorder, row["id"])
    assert (found["name"], found["source"]) == (theirs, "sổ tay")  # the other field merged
    listed = recorder.get(CONFLICTS, record_id=row["id"], state="open").json()["items"]
    assert [one["id"] for one in listed] == [conflict["id"]]


@pytest.mark.parametrize("choice", ["theirs", "mine", "other"])
def test_a_person_resolves_a_conflict(recorder: Caller, country: Country, choice: str) -> None:
    row = add(recorder, country)
    conflict, (theirs, mine) = make_conflict(recorder, row)
    other = name_it()
    data: dict[str, Any] = {"choice": choice}
    if choice != "theirs":
        data["record_version"] = read(recorder, row["id"])["version"]
    if choice == "other":
        data["values"] = {"name": other}
    path = f"{CONFLICTS}/{conflict['id']}"
    answer = recorder.change("POST", path, data, at="/resolve")
    assert answer.status_code == 200, answer.text
    assert (answer.json()["state"], answer.json()["choice"]) == ("resolved", choice)
    wanted = {"theirs": theirs, "mine": mine, "other": other}[choice]
    assert read(recorder, row["id"])["name"] == wanted
    again = recorder.change("POST", path, data, at="/resolve")
    assert (again.status_code, again.json()["code"]) == (409, "conflict_resolved")


def test_both_layers_push_and_resolve_alike(recorder: Caller, country: Country) -> None:
    row, names = add(recorder, country), [name_it(), name_it()]
    push(recorder, change(row, name=names[0]))
    operation = change(row, name=names[1])
    asked = {
        "operationId": operation["operation_id"], "kind": "CHANGE", "resource": "organisations",
        "recordId": row["id"], "baseVersion": row["version"], "base": {"name": row["name"]},
        "values": {"name": names[1]}, "clientTime": operation["client_time"],
    }  # fmt: skip
    data = {"operations": [asked], "sentAt": now().isoformat()}
    query = """mutation($data: OperationsPush!) { pushOperations(data: $data) {
      conflicts items { status version conflictIds code } } }"""
    answer = recorder.ask(query, data=data)
    assert "errors" not in answer, answer
    (item,) = answer["data"]["pushOperations"]["items"]
    assert item["status"] == "CONFLICT"
    (again,) = push(recorder, operation)  # the same operation over the other layer
    assert again["conflict_ids"] == item["conflictIds"]
    found = recorder.ask(
        "query($id: ID!) { syncConflict(id: $id) { field base mine theirs state } }",
        id=item["conflictIds"][0],
    )["data"]["syncConflict"]
    assert found == {
        "field": "name", "base": {"name": row["name"]}, "mine": {"name": names[1]},
        "theirs": {"name": names[0]}, "state": "OPEN",
    }  # fmt: skip
    query = """mutation($id: UUID!, $data: ConflictResolve!) {
      resolveSyncConflict(id: $id, expectedVersion: 1, data: $data) { state choice } }"""
    solved = recorder.ask(query, id=item["conflictIds"][0], data={"choice": "THEIRS"})
    assert "errors" not in solved, solved
    assert solved["data"]["resolveSyncConflict"] == {"state": "RESOLVED", "choice": "THEIRS"}


def test_an_operation_id_is_of_one_operation(recorder: Caller, country: Country) -> None:
    row = add(recorder, country)
    first = change(row, source="sổ")
    assert push(recorder, first)[0]["status"] == "done"
    other = {**first, "values": {"source": "khác"}}
    for item in (*push(recorder, other), push(recorder, first, other)[1]):
        assert (item["status"], item["code"]) == ("refused", "operation_reused")
    assert read(recorder, row["id"])["source"] == "sổ"


def test_a_refused_operation_leaves_nothing_and_the_others_alone(
    recorder: Caller, country: Country
) -> None:
    """Half of it would be right: neither half is written; what comes after it is."""
    row, other = add(recorder, country), add(recorder, country)
    bad = change(row, source="sổ", active_from="2999-01-01")
    found = push(recorder, bad, change(other, source="sổ"))
    assert [item["status"] for item in found] == ["refused", "done"]
    assert read(recorder, row["id"])["version"] == row["version"]
    assert read(recorder, other["id"])["source"] == "sổ"
    assert push(recorder, bad) == [found[0]]  # and stays refused


def test_a_record_that_was_voided_meanwhile_is_refused(
    application: Application, recorder: Caller, country: Country
) -> None:
    row = add(recorder, country)
    approver = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])
    path = f"{ORGANISATIONS}/{row['id']}"
    gone = approver.change("POST", path, {"reason": "Nhập nhầm"}, at="/void")
    assert gone.status_code == 200, gone.text
    (item,) = push(recorder, change(row, name=name_it()))
    assert (item["status"], item["code"]) == ("refused", "voided")


def test_a_void_is_not_done_over_the_changes_of_others(
    application: Application, recorder: Caller, country: Country
) -> None:
    row = add(recorder, country)
    approver = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])
    push(recorder, change(row, source="sổ"))
    void = {"reason": "Nhập nhầm"}
    unseen = make_operation("void", "organisations", row["id"], void, row["version"])
    (item,) = push(approver, unseen)
    assert (item["status"], item["code"]) == ("refused", "stale")
    seen = make_operation(
        "void", "organisations", row["id"], void, row["version"], {"source": "sổ"}
    )
    assert push(approver, seen)[0]["status"] == "merged"


def test_a_wrong_time_orders_nothing_and_is_named(recorder: Caller, country: Country) -> None:
    """The later time of a device does not win, and a day that has not come names the difference."""
    row, ahead = add(recorder, country), now() + timedelta(hours=30)
    base = {"name": row["name"]}
    early = make_operation(
        "change", "organisations", row["id"], {"name": name_it()}, 1, base, ahead
    )
    late = change(row, name=name_it())
    assert [one["status"] for one in push(recorder, early, late)] == ["done", "conflict"]
    tomorrow = (now() + timedelta(days=2)).date().isoformat()
    values = {"unit": str(country["1.1"]), "kind": "patrol", "starts_on": tomorrow}
    values |= {"is_night": "no"}
    future = make_operation("create", "activities", str(uuid7()), values, at=ahead)
    data = {"operations": [future], "sent_at": ahead.isoformat()}
    answer = recorder.post(PUSH, data).json()
    assert 107_000 < answer["device_ahead_seconds"] < 109_000
    assert "1800 minutes ahead" in answer["items"][0]["message_en"]


@pytest.mark.parametrize(
    ("resource", "kind", "code"),
    [
        ("tips", "change", "resource_not_synced"), ("accounts", "change", "resource_not_synced"),
        ("team-size-rules", "void", "kind_not_offered"),
    ],
)  # fmt: skip
def test_what_is_not_recorded_offline_is_refused(
    recorder: Caller, resource: str, kind: str, code: str
) -> None:
    (item,) = push(recorder, make_operation(kind, resource, str(uuid4()), {}, 1))
    assert (item["status"], item["code"]) == ("refused", code)


@pytest.mark.parametrize("part", ["base", "values"])
def test_values_that_would_fill_the_list_of_conflicts_are_refused(
    recorder: Caller, country: Country, part: str
) -> None:
    """Nobody checks a base: it is stored as it was sent, and shown with each conflict."""
    row = add(recorder, country)
    large = {"source": "đ" * (MAX_BYTES // 2)}
    sent = change(row, source="sổ") | {part: large}
    data = {"operations": [sent], "sent_at": now().isoformat()}
    answer = recorder.post(PUSH, data)
    assert answer.status_code == 422, answer.text
    assert [one["code"] for one in answer.json()["errors"]] == ["values_too_large"]
    asked = {
        "operationId": sent["operation_id"], "kind": "CHANGE", "resource": "organisations",
        "recordId": row["id"], "baseVersion": 1, "clientTime": sent["client_time"],
        "values": {"source": "sổ"}, part: large,
    }  # fmt: skip
    query = "mutation($data: OperationsPush!) { pushOperations(data: $data) { done } }"
    found = recorder.ask(query, data={"operations": [asked], "sentAt": data["sent_at"]})
    assert "values_too_large" in str(found["errors"])


def test_a_later_operation_of_one_queue_takes_the_place_of_its_conflict(
    recorder: Caller, country: Country
) -> None:
    row, names = add(recorder, country), [name_it(), name_it(), name_it()]
    push(recorder, change(row, name=names[0]))
    first = change(row, name=names[1])
    then = change({**row, "name": names[1]}, name=names[2])
    one, two = push(recorder, first, then)
    assert one["conflict_ids"] == two["conflict_ids"]
    found = recorder.get(f"{CONFLICTS}/{two['conflict_ids'][0]}").json()
    assert (found["mine"], found["version"]) == ({"name": names[2]}, 2)


def test_values_of_a_conflict_are_for_those_who_may_read_the_field(
    application: Application, country: Country
) -> None:
    """The name of a member: an evaluator of the same commune sees that there is a conflict."""
    who = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    evaluator = application.caller(Role.EVALUATOR, level=Level.COMMUNE, unit=country["1.1"])
    approver = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])
    team = approver.post(
        "/api/v1/teams",
        {"unit": str(country["1.1.1"]), "kind": "protection_team", "name": name_it(),
         "established_on": "2024-07-01", "decision": "1/QĐ"},
    )  # fmt: skip
    assert team.status_code == 201, team.text
    member = who.post(f"/api/v1/teams/{team.json()['id']}/members", {"name": "Một"})
    assert member.status_code == 201, member.text
    row, operations = member.json(), list[dict[str, Any]]()
    for name in ("Hai", "Ba"):
        base = {"name": row["name"]}
        operations.append(
            make_operation("change", "team-members", row["id"], {"name": name}, 1, base)
        )
    conflict = push(who, *operations)[1]["conflict_ids"][0]
    assert who.get(f"{CONFLICTS}/{conflict}").json()["mine"] == {"name": "Ba"}
    found = evaluator.get(f"{CONFLICTS}/{conflict}").json()
    assert (found["field"], found["base"], found["mine"], found["theirs"]) == (
        "name", None, None, None,
    )  # fmt: skip
    data = {"choice": "theirs"}
    answer = evaluator.change("POST", f"{CONFLICTS}/{conflict}", data, at="/resolve")
    assert (answer.status_code, answer.json()["permission"]) == (403, "team_member:write")


def test_a_push_that_dies_leaves_nothing_and_is_pushed_again(
    recorder: Caller, country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [add(recorder, country) for _ in range(3)]
    queue, seen = [change(row, source="sổ") for row in rows], list[Any]()
    run = parts.run_operation

    async def die(*given: Any) -> Any:
        seen.append(await run(*given))
        if len(seen) == 2:
            raise RuntimeError("the server ends here")
        return seen[-1]

    monkeypatch.setattr(parts, "run_operation", die)
    lost = recorder.post(PUSH, {"operations": queue, "sent_at": now().isoformat()})
    assert lost.status_code == 500
    assert [read(recorder, row["id"])["version"] for row in rows] == [1, 1, 1]
    monkeypatch.undo()
    assert [item["status"] for item in push(recorder, *queue)] == ["done"] * 3


@pytest.mark.parametrize("layer", ["rest", "graphql"])
def test_a_push_that_takes_its_time_puts_the_rest_off_in_order(
    recorder: Caller, country: Country, monkeypatch: pytest.MonkeyPatch, layer: str
) -> None:
    """Nothing of what was put off is stored: pushed again as it is, it goes on."""
    monkeypatch.setattr(service, "MAX_SECONDS", 0)
    row = add(recorder, country)
    days = {"active_from": "2001-09-05"}
    queue = [change(row, source="sổ"), change(row, name=name_it()), change(row, **days)]
    statuses = [_push_by(layer, recorder, queue) for _ in range(4)]
    whole = ["done", "merged", "merged"]
    assert statuses == [["done", "later", "later"], ["done", "merged", "later"], whole, whole]
    assert read(recorder, row["id"])["version"] == 4


def _push_by(layer: str, caller: Caller, queue: list[dict[str, Any]]) -> list[str]:
    if layer == "rest":
        return [item["status"] for item in push(caller, *queue)]
    camel = [
        {to_camel(name): value for name, value in one.items()} | {"kind": one["kind"].upper()}
        for one in queue
    ]
    asked = "mutation($data: OperationsPush!) { pushOperations(data: $data) { items { status } } }"
    answer = caller.ask(asked, data={"operations": camel, "sentAt": now().isoformat()})
    return [item["status"].lower() for item in answer["data"]["pushOperations"]["items"]]


def test_an_operation_for_an_ended_unit_is_refused_and_names_its_successor(
    spare: tuple[Application, Country],
) -> None:
    """Nothing that was recorded before the map changed is lost: it is recorded for the new unit.

    A record of the ended unit is changed as ever: it lies in the new one.
    """
    application, country = spare
    admin = application.caller(
        Role.UNIT_ADMIN, Role.RECORDER, Role.APPROVER, level=Level.NATIONAL, unit=country[""]
    )
    unit = str(country["2.1"])
    row = admin.post(ORGANISATIONS, {"unit": unit, "kind": "school", "name": name_it()}).json()
    draft = admin.post(REORGANISATIONS, merge(country, "2")).json()
    plan = admin.post(f"{REORGANISATIONS}/{draft['id']}/dry-run").json()["plan_hash"]
    step = {"action": "commit", "plan_hash": plan}
    assert admin.move(f"{REORGANISATIONS}/{draft['id']}", step).is_success
    values = {"unit": unit, "kind": "school", "name": name_it()}
    new = make_operation("create", "organisations", str(uuid7()), values)
    made, changed = push(admin, new, change(row, source="sổ"))
    assert (made["status"], made["code"]) == ("refused", "unit_closed")
    (heir,) = made["successors"]
    assert heir["name"] in made["message_vi"]
    assert heir["name"] in made["message_en"]
    assert changed["status"] == "done"
    assert push(admin, new)[0] == made  # and stays so
    again = make_operation(
        "create", "organisations", new["record_id"], values | {"unit": heir["id"]}
    )
    assert push(admin, again)[0]["status"] == "done"
