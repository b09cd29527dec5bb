"""Attacks of one administrator who wants to read as another officer; each is over HTTP."""

import time
from collections import Counter
from collections.abc import Callable
from random import Random
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from app.domain.actor import GRANTS, GUARDED, SECOND_PERSON_ROLES, Role
from tests.access.accounts.give import Person, Town
from tests.access.login.give import RETURNS_TO, VERIFIER, Browser, give_person

Attack = Callable[[Town, Person, Random], bool]
STATE = "SELECT state FROM role_grant WHERE id = :id"
READERS = sorted(SECOND_PERSON_ROLES - {Role.UNIT_ADMIN, Role.IDENTITY_CUSTODIAN})
PHISH = "app-{}"


def _officer(town: Town, dice: Random) -> Person:
    return town.person(dice.choice(READERS), at="1.1")


def _is_active(town: Town, grant: object) -> bool:
    return str(town.rows(STATE, id=grant)[0].state) == "active"


def _change(admin: Person, officer: Person, at: str, body: dict[str, str] | None) -> str | None:
    """Change how an officer signs in; None where this administrator may not even do that."""
    path = f"/api/v1/accounts/{officer.id}"
    answer = admin.caller.change("POST", path, body, at=at)
    return answer.text if answer.is_success else None


def invite(town: Town, admin: Person, dice: Random) -> bool:
    """Invite an officer again, and keep the link; or find the officer's grant still open."""
    officer = _officer(town, dice)
    told = _change(admin, officer, "/invitations", None)
    return told is not None and ("oauth/welcome" in told or _is_active(town, officer.grants[0]))


def link(town: Town, admin: Person, dice: Random) -> bool:
    """Link an officer's account to an identity of one's own."""
    officer = _officer(town, dice)
    body = {"issuer": "https://id.example", "external_subject": uuid4().hex}
    told = _change(admin, officer, "/identity", body)
    return told is not None and _is_active(town, officer.grants[0])


def reset(town: Town, admin: Person, dice: Random) -> bool:
    """Take an officer's second factor away, to set up one's own."""
    officer = _officer(town, dice)
    told = _change(admin, officer, "/second-factor", {"reason": "x"})
    return told is not None and _is_active(town, officer.grants[0])


def invent(town: Town, admin: Person, dice: Random) -> bool:
    """Make an officer, or another administrator, and confirm them oneself."""
    login = f"puppet.{uuid4().hex[:8]}"
    body = {"login": login, "name": "x", "unit": str(town.country["1.1"])}
    made = admin.caller.post("/api/v1/accounts", body).json()["id"]
    # an auditor is never granted by who made the account, whatever state the grant begins in
    role = dice.choice([*(one for one in READERS if one is not Role.AUDITOR), Role.UNIT_ADMIN])
    grant = {"account_id": made, "role": role.value, "unit": str(town.country["1.1"])}
    answer = admin.caller.post("/api/v1/grants", grant)
    if not answer.is_success:
        return False
    admin.caller.move(f"/api/v1/grants/{answer.json()['id']}", {"action": "confirm"})
    return _is_active(town, answer.json()["id"])


def phish_above(town: Town, admin: Person, dice: Random) -> bool:
    """Send an approver of the province through the genuine pages to a client of a commune."""
    return bool(_phish(town, "1", Role.APPROVER))


def phish_beside(town: Town, admin: Person, dice: Random) -> bool:
    """Send an officer of the same commune there: what is guarded must not come along."""
    guarded = [role for role in READERS if GRANTS[role] & GUARDED]
    return bool(GUARDED & _phish(town, "1.1", dice.choice(guarded)))


def _phish(town: Town, home: str, role: Role) -> set[str]:
    """Return the permissions that a trusting victim hands over."""
    client = PHISH.format(uuid4().hex[:8])
    body = {
        "client_id": client, "name": "Bình Yên", "kind": "public",
        "unit": str(town.country["1.1"]), "redirect_uris": [RETURNS_TO],
    }  # fmt: skip
    assert town.admin("1.1").caller.post("/api/v1/clients", body).status_code == 201
    victim = give_person(town.application, town.country[home], role, totp=True)
    browser = Browser(town.application)
    browser.sign_in(client, victim)
    answer = browser.send(code=victim.code(time.time()))
    code = parse_qs(urlsplit(answer.headers.get("location", "")).query).get("code")
    if not code:
        return set()
    form = {"grant_type": "authorization_code", "client_id": client, "code": code[0],
            "redirect_uri": RETURNS_TO, "code_verifier": VERIFIER}  # fmt: skip
    told = town.application.nobody.send("POST", "/oauth/token", data=form).json()
    return set(told.get("scope", "").split())


ATTACKS: dict[str, Attack] = {
    "invite": invite, "link": link, "reset": reset, "invent": invent,
    "phish_above": phish_above, "phish_beside": phish_beside,
}  # fmt: skip


def attack(town: Town, dice: Random, times: int) -> Counter[str]:
    """Try each attack so many times, by a fresh administrator each; count those that succeed."""
    done = Counter[str]()
    for name, act in ATTACKS.items():
        for _ in range(times):
            admin = town.admin("1" if times == 1 else dice.choice(["1", "1.1"]))
            done[name] += act(town, admin, dice)
    return +done
