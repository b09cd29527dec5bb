"""Offline sync: operations of devices merge, conflict, and come once, at both layers."""

from typing import Any

import pytest

from app.db.base import uuid7
from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.exchange.device import make_operation, name_it, push
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
