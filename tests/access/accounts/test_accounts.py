"""Accounts: made, changed, disabled, linked; what is changed holds on the next request."""

from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Role
from tests.access.accounts.give import Town

ACCOUNTS = "/api/v1/accounts"
OFF = {"action": "disable", "reason": "Nghỉ việc"}


def account_data(town: Town, at: str = "1.1", **more: Any) -> dict[str, Any]:
    unit = str(town.country[at])
    return {"login": f"le.van-{uuid4().hex[:6]}", "name": "Lê Văn A", "unit": unit} | more


def test_an_account_begins_with_nothing(town: Town) -> None:
    data = account_data(town)
    made = town.admin("1").caller.post(ACCOUNTS, data)
    body = made.json()
    assert made.status_code == 201
    assert (body["login"], body["name"], body["version"]) == (data["login"], data["name"], 1)
    assert body["unit_id"] == data["unit"]
    grants = town.admin("1").caller.get("/api/v1/grants", account_id=body["id"]).json()["items"]
    assert grants == []


@pytest.mark.parametrize("login", ["ab", "Lê", "UPPER", "a b c", "x" * 101, "-abc", "a/b/c", ""])
def test_a_login_is_plain(town: Town, login: str) -> None:
    answer = town.admin("").caller.post(ACCOUNTS, account_data(town, login=login))
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {"/login"}


def test_a_login_is_taken_once_in_the_country(town: Town) -> None:
    data = account_data(town)
    assert town.admin("1").caller.post(ACCOUNTS, data).status_code == 201
    again = town.admin("2").caller.post(ACCOUNTS, account_data(town, "2.1", login=data["login"]))
    assert (again.status_code, again.json()["code"]) == (409, "login_taken")


def test_a_disabled_account_ends_at_once_and_comes_back_with_a_new_sign_in(town: Town) -> None:
    somebody, admin = town.person(Role.VIEWER, at="1.1"), town.admin("1")
    assert town.lives(somebody)
    path = f"{ACCOUNTS}/{somebody.id}"
    off = admin.caller.move(path, OFF)
    assert (off.status_code, off.json()["allowed_actions"]) == (200, ["enable"])
    assert not town.lives(somebody)
    (kept,) = town.rows("SELECT ended_at, end_reason FROM auth_session WHERE id = :id",
                        id=somebody.session)  # fmt: skip
    assert kept.ended_at is not None
    assert kept.end_reason == "account_disabled"
    twice = admin.caller.move(path, OFF)
    assert (twice.status_code, twice.json()["allowed_actions"]) == (409, ["enable"])
    on = admin.caller.move(path, {"action": "enable"})
    assert (on.status_code, on.json()["disabled_at"]) == (200, None)
    assert not town.lives(somebody)


def test_to_disable_says_why(town: Town) -> None:
    somebody = town.person(at="1.1")
    answer = town.admin("1").caller.move(f"{ACCOUNTS}/{somebody.id}", {"action": "disable"})
    assert answer.status_code == 422
    assert [fault["code"] for fault in answer.json()["errors"]] == ["reason_needed"]


def test_nobody_decides_on_their_own_account(town: Town) -> None:
    for at in ("", "1"):
        me = town.admin(at)
        path = f"{ACCOUNTS}/{me.id}"
        link = {"issuer": "https://id.example", "external_subject": "x"}
        answers = [
            me.caller.post(f"{path}/transitions", OFF),
            me.caller.post(f"{path}/identity", link),
            me.caller.send("PATCH", path, json={"unit": str(town.country["1.1"])}),
            me.caller.post(f"/api/v1/grants/{me.grants[0]}/transitions",
                           {"action": "revoke", "reason": "x"}),
        ]  # fmt: skip
        assert {(a.status_code, a.json()["code"]) for a in answers} == {(403, "on_oneself")}


def test_a_move_to_another_unit_ends_the_session(town: Town) -> None:
    somebody, admin = town.person(Role.VIEWER, at="1.1"), town.admin("1")
    unit = str(town.country["1.2"])
    moved = admin.caller.change("PATCH", f"{ACCOUNTS}/{somebody.id}", {"unit": unit})
    assert (moved.status_code, moved.json()["unit_id"]) == (200, unit)
    assert moved.json()["name"].startswith("Người")
    assert not town.lives(somebody)
    far = {"unit": str(town.country["2"])}
    refused = admin.caller.change("PATCH", f"{ACCOUNTS}/{somebody.id}", far)
    assert (refused.status_code, refused.json()["code"]) == (404, "unit_not_found")


def test_an_identity_belongs_to_one_account(town: Town) -> None:
    admin, one, other = town.admin("1"), town.person(at="1.1"), town.person(at="1.1")
    link = {"issuer": "https://id.example", "external_subject": uuid4().hex}
    linked = admin.caller.change("POST", f"{ACCOUNTS}/{one.id}", link, at="/identity")
    assert (linked.status_code, linked.json()["has_identity"]) == (200, True)
    assert link["external_subject"] not in linked.text
    assert not town.lives(one)
    at = "/identity"
    taken = admin.caller.change("POST", f"{ACCOUNTS}/{other.id}", link, at=at)
    assert (taken.status_code, taken.json()["code"]) == (409, "identity_taken")
    assert (
        admin.caller.change("POST", f"{ACCOUNTS}/{one.id}", link, at="/identity").status_code == 200
    )
    for issuer in ("http://id.example", "https://id.example/#x", "id.example"):
        bad = admin.caller.change(
            "POST", f"{ACCOUNTS}/{other.id}", link | {"issuer": issuer}, at="/identity"
        )
        assert bad.status_code == 422


def test_whose_rights_lie_elsewhere_too_is_not_decided_on_here(town: Town) -> None:
    somebody = town.person(Role.VIEWER, at="2.1", home="1.1")
    answer = town.admin("1").caller.post(f"{ACCOUNTS}/{somebody.id}/transitions", OFF)
    assert (answer.status_code, answer.json()["code"]) == (403, "beyond_you")
    assert town.admin("").caller.move(f"{ACCOUNTS}/{somebody.id}", OFF).is_success


def test_another_version_than_the_one_seen_is_not_changed(town: Town) -> None:
    somebody, admin = town.person(Role.VIEWER, at="1.1"), town.admin("1")
    path = f"{ACCOUNTS}/{somebody.id}"
    assert admin.caller.send("PATCH", path, json={"name": "B"}).status_code == 428
    assert admin.caller.change("PATCH", path, {"name": "B"}).json()["version"] == 2
    stale = admin.caller.send("PATCH", path, json={"name": "C"}, headers={"if-match": '"1"'})
    assert (stale.status_code, stale.json()["differing_fields"]) == (412, ["name"])


def test_every_change_is_accounted_for_and_names_nobody(town: Town) -> None:
    admin, data = town.admin("1"), account_data(town)
    id = admin.caller.post(ACCOUNTS, data).json()["id"]
    assert admin.caller.change("PATCH", f"{ACCOUNTS}/{id}", {"name": "Trần Thị B"}).is_success
    assert admin.caller.move(f"{ACCOUNTS}/{id}", OFF).is_success
    entries = town.rows(
        "SELECT act, fields, row_to_json(e)::text AS told FROM audit_entry e "
        "WHERE resource_id = :id ORDER BY id", id=id,
    )  # fmt: skip
    assert [(row.act, row.fields) for row in entries] == [
        ("create", ["login", "name", "unit"]), ("change", ["name"]),
        ("transition", ["disabled_at"]),
    ]  # fmt: skip
    assert not [row for row in entries if data["login"] in row.told or "Trần" in row.told]
    log = admin.caller.get(f"{ACCOUNTS}/{id}", expand="transitions").json()["transitions"]
    assert [(step["action"], step["reason"]) for step in log] == [("disable", OFF["reason"])]
