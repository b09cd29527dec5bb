"""Grants whose unit ends wait, follow or come back; at both layers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from tests.access.accounts.give import STEP, Person, Town
from tests.application import Caller

PATH, GRANTS = "/api/v1/unit-reorganisations", "/api/v1/grants"
TRY = """mutation($id: UUID!) { dryRunReorganisation(id: $id) {
    planHash grants { role holder accountId unitId unit successorId successor } } }"""
FOLLOW = """mutation($id: UUID!, $v: Int!, $data: GrantTransition!) {
    transitionGrant(id: $id, expectedVersion: $v, data: $data) {
        id state unitId followedFromId allowedActions } }"""


def new(ref: str, town: Town, parent: str, kind: str = "commune") -> dict[str, Any]:
    name = f"{ref} {uuid4().hex[:4]}"
    return {"ref": ref, "name": name, "kind": kind, "parent": str(town.country[parent])}


def into(town: Town, source: str, target: str, **more: Any) -> dict[str, Any]:
    return {"from_unit": str(town.country[source]), "to_unit": target} | more


def merger(town: Town) -> dict[str, Any]:
    """Both communes of province 1 become one new one."""
    return {
        "title": "Sắp xếp xã", "effective_on": "2025-07-01", "new_units": [new("mới", town, "1")],
        "successions": [into(town, path, "mới", share=1) for path in ("1.1", "1.2")],
    }  # fmt: skip


def split(town: Town) -> dict[str, Any]:
    """Commune 1.1 is divided into two new ones."""
    return {
        "title": "Chia xã", "effective_on": "2025-07-01",
        "new_units": [new("một", town, "1"), new("hai", town, "1")],
        "successions": [
            into(town, "1.1", "một", share=0.7, is_main=True), into(town, "1.1", "hai", share=0.3),
        ],
    }  # fmt: skip


@contextmanager
def commit_change(town: Town, draft: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A change of the map, committed, and undone at the end unless the test has undone it."""
    admin = town.application.caller(Role.UNIT_ADMIN, level=Level.NATIONAL, unit=town.country[""])
    id = admin.post(PATH, draft).json()["id"]
    dry = admin.post(f"{PATH}/{id}/dry-run").json()
    assert dry["faults"] == []
    told = admin.ask(TRY, id=id)["data"]["dryRunReorganisation"]
    assert told["planHash"] == dry["plan_hash"]
    assert [grant["holder"] for grant in told["grants"]] == [g["holder"] for g in dry["grants"]]
    step = {"action": "commit", "plan_hash": dry["plan_hash"]}
    assert admin.move(f"{PATH}/{id}", step).is_success
    yield dry | {"id": id}
    if admin.get(f"{PATH}/{id}").json()["state"] == "committed":
        undo(town, id)


def undo(town: Town, id: str) -> None:
    admin = town.application.caller(Role.UNIT_ADMIN, level=Level.NATIONAL, unit=town.country[""])
    back = admin.move(f"{PATH}/{id}", {"action": "reverse", "reason": "Nhầm"})
    assert back.is_success, back.text


def heir(dry: dict[str, Any], person: Person) -> str:
    (grant,) = [grant for grant in dry["grants"] if grant["holder"] == person.login]
    unit: str = grant["successor_id"]
    return unit


def state(town: Town, person: Person) -> str:
    (row,) = town.rows("SELECT state FROM role_grant WHERE id = :id", id=person.grants[0])
    told: str = row.state
    return told


def follow(by: Caller, person: Person, unit: Any) -> Any:
    step = {"action": "follow", "unit": str(unit)}
    path = f"{GRANTS}/{person.grants[0]}"
    tag = by.get(path).headers.get("etag", '"1"')
    return by.post(f"{path}/transitions", step, headers={"if-match": tag})


def test_a_dry_run_tells_whose_grants_would_wait_and_where_they_could_go(town: Town) -> None:
    somebody, other = town.person(Role.RECORDER, at="1.1"), town.person(Role.VIEWER, at="2.1")
    with commit_change(town, merger(town)) as dry:
        mine = [grant for grant in dry["grants"] if grant["holder"] == somebody.login]
        assert [(g["role"], g["account_id"]) for g in mine] == [("recorder", str(somebody.id))]
        assert mine[0]["unit_id"] == str(town.country["1.1"])
        assert mine[0]["successor"].startswith("mới")
        assert other.login not in {grant["holder"] for grant in dry["grants"]}
        assert "Người" not in str(dry["grants"])


def test_grants_wait_without_effect_and_follow_on_request(town: Town) -> None:
    somebody, other = town.person(Role.RECORDER, at="1.1"), town.person(Role.VIEWER, at="2.1")
    with commit_change(town, merger(town)) as dry:
        assert state(town, somebody) == "waiting"
        assert not town.lives(somebody)
        assert town.lives(other)
        admin, unit = town.admin("1"), heir(dry, somebody)
        seen = admin.caller.get(f"{GRANTS}/{somebody.grants[0]}").json()
        assert (seen["state"], seen["allowed_actions"]) == ("waiting", ["follow", "revoke"])
        moved = follow(admin.caller, somebody, unit).json()
        assert (moved["state"], moved["unit_id"]) == ("active", unit)
        assert moved["followed_from_id"] == str(town.country["1.1"])
        home = admin.caller.get(f"/api/v1/accounts/{somebody.id}").json()["unit_id"]
        assert home == unit
        again = follow(admin.caller, somebody, unit)
        assert (again.status_code, again.json()["allowed_actions"]) == (409, ["revoke"])


def test_the_administrator_of_the_successor_sees_them_and_lets_them_follow(town: Town) -> None:
    somebody, chief = town.person(Role.RECORDER, at="1.2"), town.person(Role.UNIT_ADMIN, at="1.2")
    with commit_change(town, merger(town)) as dry:
        unit = heir(dry, somebody)
        town.country.units["new"], town.country.levels[unit] = unit, Level.COMMUNE  # type: ignore[assignment, index]
        admin = town.admin("new")
        waiting = admin.caller.get(GRANTS, state="waiting", limit=100).json()["items"]
        ids = {grant["id"] for grant in waiting}
        assert {str(somebody.grants[0]), str(chief.grants[0])} <= ids
        refused = follow(admin.caller, chief, unit)
        assert (refused.status_code, refused.json()["code"]) == (403, "beyond_you")
        step = {"action": "follow", "unit": unit}
        told = admin.caller.ask(FOLLOW, id=str(somebody.grants[0]), v=2, data=step)
        assert told["data"]["transitionGrant"]["state"] == "ACTIVE"
        assert told["data"]["transitionGrant"]["unitId"] == unit
        assert follow(town.admin("1").caller, chief, unit).is_success


def test_they_follow_to_a_successor_only(town: Town) -> None:
    somebody = town.person(Role.RECORDER, at="1.1")
    with commit_change(town, merger(town)) as dry:
        admin = town.admin("1").caller
        for wrong in ("1", "1.1.1"):
            refused = follow(admin, somebody, town.country[wrong])
            body = refused.json()
            assert (refused.status_code, body["code"]) == (409, "not_a_successor")
            assert [unit["id"] for unit in body["successors"]] == [heir(dry, somebody)]
        assert follow(admin, somebody, town.country["1.1"]).json()["code"] == "unit_closed"
        assert follow(admin, somebody, town.country["2.1"]).status_code == 404
        assert state(town, somebody) == "waiting"


def test_where_a_unit_was_divided_those_above_decide(town: Town) -> None:
    somebody = town.person(Role.RECORDER, at="1.1")
    with commit_change(town, split(town)) as dry:
        main = heir(dry, somebody)
        town.country.units["main"], town.country.levels[main] = main, Level.COMMUNE  # type: ignore[assignment, index]
        below, above = town.admin("main").caller, town.admin("1").caller
        assert below.get(f"{GRANTS}/{somebody.grants[0]}").status_code == 404
        assert follow(below, somebody, main).status_code == 404
        refused = follow(above, somebody, town.country["1.2"]).json()["successors"]
        assert [unit["is_main"] for unit in refused] == [True, False]
        other = refused[1]["id"]
        assert follow(above, somebody, other).json()["unit_id"] == other
        assert below.get(f"{GRANTS}/{somebody.grants[0]}").status_code == 404


def test_a_reversal_gives_back_what_still_waits_and_nothing_else(town: Town) -> None:
    stays, went, left = (town.person(Role.RECORDER, at="1.1") for _ in "abc")
    with commit_change(town, merger(town)) as dry:
        admin, unit = town.admin("1").caller, heir(dry, went)
        assert follow(admin, went, unit).is_success
        assert admin.move(f"{GRANTS}/{left.grants[0]}", STEP).is_success
        before = town.rows("SELECT id, version FROM auth_session ORDER BY id")
        undo(town, dry["id"])
        assert [state(town, person) for person in (stays, went, left)] == [
            "active", "waiting", "revoked",
        ]  # fmt: skip
        after = dict(map(tuple, town.rows("SELECT id, version FROM auth_session ORDER BY id")))
        changed = {row.id for row in before if after[row.id] > row.version}
        assert {stays.session, went.session} <= changed
        assert left.session not in changed
        assert not town.lives(stays)
        back = follow(admin, went, town.country["1.1"])
        assert (back.status_code, back.json()["state"]) == (200, "active")


def test_a_system_waits_too_and_goes_along(town: Town) -> None:
    data = {"client_id": f"s-{uuid4().hex[:6]}", "name": "x", "unit": str(town.country["1.1"])}
    made = town.admin("1").caller.post("/api/v1/clients", data).json()
    wanted = {"client_id": made["id"], "role": "viewer", "unit": data["unit"]}
    grant = town.admin("1").caller.post(GRANTS, wanted).json()

    def comes() -> int:
        answer = town.application.nobody.send(
            "POST", "/oauth/token", data={"grant_type": "client_credentials"},
            auth=(made["client_id"], made["client_secret"]),
        )  # fmt: skip
        if not answer.is_success:
            return answer.status_code
        headers = {"authorization": f"Bearer {answer.json()['access_token']}"}
        return Caller(town.application, headers).get("/api/v1/units").status_code

    assert comes() == 200
    with commit_change(town, merger(town)) as dry:
        assert made["client_id"] in dry["clients"]
        assert comes() == 400
        (held,) = [g for g in dry["grants"] if g["holder"] == made["client_id"]]
        step = {"action": "follow", "unit": held["successor_id"]}
        assert town.admin("1").caller.move(f"{GRANTS}/{grant['id']}", step).is_success
        assert comes() == 200


def test_a_waiting_grant_can_be_revoked_and_is_not_duplicated(town: Town) -> None:
    somebody = town.person(Role.AUDITOR, at="1.1")
    with commit_change(town, merger(town)) as dry:
        unit, nation = heir(dry, somebody), town.admin("")
        conflicting = {"account_id": str(somebody.id), "role": "unit_admin", "unit": unit}
        refused = nation.caller.post(GRANTS, conflicting)
        assert (refused.status_code, refused.json()["code"]) == (409, "roles_conflict")
        revoked = nation.caller.move(f"{GRANTS}/{somebody.grants[0]}", STEP)
        assert revoked.json()["state"] == "revoked"


def test_nobody_transfers_their_own_grant(town: Town) -> None:
    me = town.person(Role.RECORDER, at="1.1", home="1")
    town.rows(
        "INSERT INTO role_grant (id, account_id, role, unit_id, purposes, state) "
        "VALUES (:id, :account, 'unit_admin', :unit, '{}', 'active')",
        id=uuid4(), account=me.id, unit=town.country["1"],
    )  # fmt: skip
    with commit_change(town, merger(town)) as dry:
        caller = as_admin(town, me)
        refused = follow(caller, me, heir(dry, me))
        assert (refused.status_code, refused.json()["code"]) == (403, "on_oneself")


def as_admin(town: Town, person: Person) -> Caller:
    """The same person with a fresh token, as administrator of province 1."""
    from app.domain.actor import Actor

    (row,) = town.rows("SELECT version FROM auth_session WHERE id = :id", id=person.session)
    actor = Actor(
        str(person.id), frozenset({Role.UNIT_ADMIN}), Level.PROVINCE, town.country["1"],
        "tests", (), person.session, row.version,
    )  # fmt: skip
    token = town.application.app.state.resources.tokens.issue(actor, minutes=10)
    return Caller(town.application, {"authorization": f"Bearer {token}"})


@pytest.mark.parametrize("doer", ["viewer", "auditor"])
def test_the_wrong_role_lets_nothing_follow(town: Town, doer: str) -> None:
    somebody = town.person(Role.RECORDER, at="1.1")
    with commit_change(town, merger(town)) as dry:
        caller = town.person(Role(doer), at="1").caller
        assert follow(caller, somebody, heir(dry, somebody)).status_code == 403
        assert follow(town.application.nobody, somebody, heir(dry, somebody)).status_code == 401
        assert follow(town.admin("2").caller, somebody, heir(dry, somebody)).status_code == 404
