"""Only a role that governs an account invites its holder."""

import json
from pathlib import Path

import pytest

from app.domain.actor import Role
from tests.access.accounts.give import Town

INVITE = """mutation($id: UUID!, $v: Int!) {
    inviteAccount(id: $id, expectedVersion: $v) { login channel hours } }"""


@pytest.fixture
def outbox(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = town.application.app.state.resources.settings
    monkeypatch.setattr(settings, "invitation_outbox", tmp_path)
    return tmp_path


def read_tokens(outbox: Path) -> list[str]:
    """Return the tokens of the letters, as their readers find them."""
    letters = sorted(outbox.iterdir(), key=lambda file: file.stat().st_mtime_ns)
    return [json.loads(file.read_text())["link"].partition("=")[2] for file in letters]


def test_an_invited_person_chooses_a_password(town: Town, outbox: Path) -> None:
    somebody, admin = town.person(Role.VIEWER, at="1.1"), town.admin("1").caller
    path = f"/api/v1/accounts/{somebody.id}"
    told = admin.change("POST", path, None, at="/invitations")
    assert (told.status_code, told.headers["cache-control"]) == (201, "no-store")
    (token,) = read_tokens(outbox)
    page = town.application.nobody.send("GET", "/oauth/welcome", params={"invitation": token})
    assert page.status_code == 200
    stale = admin.send(
        "POST", f"{path}/invitations", headers={"if-match": '"1"', "idempotency-key": "k"}
    )
    assert stale.status_code == 412
    again = admin.ask(INVITE, id=str(somebody.id), v=2)["data"]["inviteAccount"]
    assert again["channel"] == "OUTBOX"
    assert len(set(read_tokens(outbox))) == 2
    gone = town.application.nobody.send("GET", "/oauth/welcome", params={"invitation": token})
    assert gone.status_code != 200


def test_a_repeated_request_sends_no_second_letter(town: Town, outbox: Path) -> None:
    somebody, admin = town.person(Role.VIEWER, at="1.1"), town.admin("1").caller
    path, key = f"/api/v1/accounts/{somebody.id}", {"idempotency-key": "once", "if-match": '"1"'}
    first = admin.send("POST", f"{path}/invitations", headers=key)
    again = admin.send("POST", f"{path}/invitations", headers=key)
    assert (first.status_code, again.json()) == (201, first.json())
    assert len(read_tokens(outbox)) == 1


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUDITOR, Role.APPROVER])
def test_the_wrong_role_invites_nobody(town: Town, role: Role) -> None:
    somebody = town.person(Role.VIEWER, at="1.1")
    caller = town.person(role, at="1").caller
    path = f"/api/v1/accounts/{somebody.id}/invitations"
    assert caller.post(path).status_code == 403
    found = caller.ask(INVITE, id=str(somebody.id), v=1)
    assert found["errors"][0]["extensions"]["code"] == "forbidden"


def test_neither_nobody_nor_a_neighbour_nor_who_governs_less(town: Town) -> None:
    somebody = town.person(Role.VIEWER, at="1.1")
    chief = town.person(Role.UNIT_ADMIN, at="1")
    path = f"/api/v1/accounts/{somebody.id}/invitations"
    assert town.application.nobody.post(path).status_code == 401
    assert town.admin("2").caller.post(path).status_code == 404
    other = town.person(Role.UNIT_ADMIN, at="1").caller
    over = other.change("POST", f"/api/v1/accounts/{chief.id}", None, at="/invitations")
    assert (over.status_code, over.json()["code"]) == (403, "beyond_you")
    own = chief.caller.change("POST", f"/api/v1/accounts/{chief.id}", None, at="/invitations")
    assert (own.status_code, own.json()["code"]) == (403, "on_oneself")
