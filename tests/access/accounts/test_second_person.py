"""One administrator alone turns nobody, and no puppet, into somebody who reads secrets."""

import json
from pathlib import Path

import pytest

from app.domain.actor import GRANTS, READ_SECRETS, SECOND_PERSON_ROLES, TWO_FACTOR_ROLES, Role
from tests.access.accounts.give import Person, Town

ALLOWED = "query($id: ID!) { grant(id: $id) { allowedActions } }"
GRANT = """mutation($data: GrantCreate!) { grantRole(data: $data) { id state allowedActions } }"""
STEP = """mutation($id: UUID!, $v: Int!, $data: GrantTransition!) {
    transitionGrant(id: $id, expectedVersion: $v, data: $data) { state } }"""
STATE = "SELECT state FROM role_grant WHERE id = :id"


def propose(town: Town, by: Person, to: Person, role: Role, at: str = "1.1") -> str:
    answer = by.caller.post("/api/v1/grants", town.role(to, role, at))
    assert answer.status_code == 201, answer.text
    assert answer.json()["state"] == "proposed"
    return str(answer.json()["id"])


def state_of(town: Town, grant: str) -> str:
    return str(town.rows(STATE, id=grant)[0].state)


def test_every_role_that_reads_secrets_takes_two_people_and_two_factors() -> None:
    """Derived from the permissions, so that a new role cannot be forgotten."""
    readers = {role for role in Role if GRANTS[role] & READ_SECRETS}
    assert readers >= {Role.TIP_OFFICER, Role.INVESTIGATOR, Role.AUDITOR, Role.IDENTITY_CUSTODIAN}
    assert readers | {Role.UNIT_ADMIN, Role.CASE_WORKER} == SECOND_PERSON_ROLES
    assert SECOND_PERSON_ROLES < TWO_FACTOR_ROLES


@pytest.mark.parametrize("role", sorted(SECOND_PERSON_ROLES - {Role.IDENTITY_CUSTODIAN}))
def test_a_grant_of_trust_gives_nothing_until_another_confirms_it(town: Town, role: Role) -> None:
    first, second = town.admin("1"), town.admin("1")
    grant = propose(town, first, town.person(at="1.1"), role)
    path = f"/api/v1/grants/{grant}"
    alone = first.caller.move(path, {"action": "confirm"})
    assert (alone.status_code, alone.json()["code"]) == (403, "needs_another_to_confirm")
    assert state_of(town, grant) == "proposed"
    done = second.caller.ask(STEP, id=grant, v=1, data={"action": "confirm"})
    assert done["data"]["transitionGrant"]["state"] == "ACTIVE"


def test_the_same_over_graphql(town: Town) -> None:
    first, somebody = town.admin("1"), town.person(at="1.1")
    data = {"accountId": str(somebody.id), "role": "TIP_OFFICER", "unit": str(town.country["1.1"])}
    made = first.caller.ask(GRANT, data=data)["data"]["grantRole"]
    assert (made["state"], made["allowedActions"]) == ("PROPOSED", ["revoke"])
    other = town.admin("1").caller.ask(ALLOWED, id=made["id"])["data"]["grant"]
    assert other["allowedActions"] == ["confirm", "revoke"]
    refused = first.caller.ask(STEP, id=made["id"], v=1, data={"action": "confirm"})
    assert refused["errors"][0]["extensions"]["code"] == "needs_another_to_confirm"


def test_a_role_without_secrets_needs_nobody_else(town: Town) -> None:
    body = town.role(town.person(at="1.1"), Role.RECORDER, "1.1")
    assert town.admin("1").caller.post("/api/v1/grants", body).json()["state"] == "active"


def test_a_puppet_does_not_confirm(town: Town) -> None:
    """A second account that the same administrator made is no administrator until confirmed."""
    first, puppet = town.admin("1"), town.person(at="1.1")
    own = propose(town, first, puppet, Role.UNIT_ADMIN)
    assert state_of(town, own) == "proposed"
    alone = first.caller.move(f"/api/v1/grants/{own}", {"action": "confirm"})
    assert alone.status_code == 403


def test_nobody_confirms_their_own(town: Town) -> None:
    chief = town.admin("1.1")
    grant = str(chief.grants[0])
    town.rows("UPDATE role_grant SET state = 'proposed' WHERE id = :id", id=grant)
    answer = chief.caller.move(f"/api/v1/grants/{grant}", {"action": "confirm"})
    assert (answer.status_code, answer.json()["code"]) == (403, "on_oneself")


@pytest.mark.parametrize(
    ("at", "body"),
    [
        ("/invitations", None),
        ("/identity", {"issuer": "https://id.example", "external_subject": "me"}),
        ("/second-factor", {"reason": "Mất điện thoại"}),
    ],
)
def test_who_changes_how_an_officer_signs_in_does_not_become_them(
    town: Town, at: str, body: dict[str, str] | None
) -> None:
    admin, officer = town.admin("1.1"), town.person(Role.TIP_OFFICER, Role.VIEWER, at="1.1")
    if body and "external_subject" in body:
        body = body | {"external_subject": officer.login}
    answer = admin.caller.change("POST", f"/api/v1/accounts/{officer.id}", body, at=at)
    assert answer.status_code in (200, 201), answer.text
    reads, views = (str(grant) for grant in officer.grants)
    assert (state_of(town, reads), state_of(town, views)) == ("proposed", "active")
    assert not town.lives(officer)
    alone = admin.caller.move(f"/api/v1/grants/{reads}", {"action": "confirm"})
    assert (alone.status_code, alone.json()["code"]) == (403, "needs_another_to_confirm")
    second = town.admin("1").caller.move(f"/api/v1/grants/{reads}", {"action": "confirm"})
    assert second.json()["state"] == "active"


def test_a_new_password_does_not_wait_where_a_second_factor_stands(town: Town) -> None:
    admin, officer = town.admin("1.1"), town.person(Role.TIP_OFFICER, at="1.1")
    town.rows("UPDATE account SET totp_confirmed_at = now() WHERE id = :id", id=officer.id)
    admin.caller.change("POST", f"/api/v1/accounts/{officer.id}", None, at="/invitations")
    assert state_of(town, str(officer.grants[0])) == "active"


def test_an_invitation_reaches_the_outbox_and_not_the_inviter(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = town.application.app.state.resources.settings
    monkeypatch.setattr(settings, "invitation_outbox", tmp_path)
    admin, somebody = town.admin("1"), town.person(at="1.1")
    path = f"/api/v1/accounts/{somebody.id}"
    told = admin.caller.change("POST", path, None, at="/invitations")
    assert (told.json()["channel"], set(told.json())) == (
        "outbox", {"account_id", "login", "channel", "hours"},
    )  # fmt: skip
    (file,) = tmp_path.iterdir()
    letter = json.loads(file.read_text())
    assert file.stat().st_mode & 0o077 == 0
    assert letter["login"] == somebody.login
    assert letter["link"].partition("=")[2] not in told.text
    page = town.application.nobody.send("GET", letter["link"].partition("8000")[2])
    assert page.status_code == 200


def test_production_without_an_outbox_says_what_is_missing(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = town.application.app.state.resources.settings
    monkeypatch.setattr(settings, "invitation_outbox", tmp_path / "absent")
    admin, somebody = town.admin("1"), town.person(at="1.1")
    path = f"/api/v1/accounts/{somebody.id}"
    told = admin.caller.change("POST", path, None, at="/invitations")
    assert (told.status_code, told.json()["code"]) == (503, "no_delivery_channel")
    assert town.rows("SELECT FROM invitation WHERE account_id = :id", id=somebody.id) == []
    monkeypatch.setattr(settings, "invitation_outbox", None)
    monkeypatch.setattr(settings, "environment", "production")
    told = admin.caller.change("POST", path, None, at="/invitations")
    assert (told.status_code, told.json()["code"]) == (503, "no_delivery_channel")


@pytest.mark.parametrize(("by", "code"), [("1", ""), ("1.1", "not_a_superior")])
def test_a_client_is_opened_from_above_its_unit(town: Town, by: str, code: str) -> None:
    body = {
        "client_id": f"app-{town.person(at='1.1').login}", "name": "App", "kind": "public",
        "unit": str(town.country["1.1"]), "redirect_uris": ["https://app.example/back"],
    }  # fmt: skip
    made = town.admin("1.1").caller.post("/api/v1/clients", body).json()["id"]
    path = f"/api/v1/clients/{made}"
    opening = {"unit": str(town.country[by]), "scopes": ["tip:read"]}
    answer = town.admin(by).caller.change("POST", path, opening, at="/opening")
    assert answer.json().get("code", "") == code
    if not code:
        assert answer.json()["opened_scopes"] == ["tip:read"]
        assert answer.json()["opened_to_id"] == str(town.country["1"])


def test_only_guarded_permissions_are_opened(town: Town) -> None:
    path = f"/api/v1/clients/{town.person(at='1.1').id}/opening"
    answer = town.admin("1").caller.post(path, {"scopes": ["team:read"]})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")
