"""An invitation sets one password, once, within a day."""

from collections.abc import Callable
from urllib.parse import urlencode

import httpx
import pytest

from app.domain.actor import Role
from app.domain.login.invitations import create_invitation
from tests.access.login.give import (
    PASSWORD,
    Browser,
    Person,
    change,
    code_of,
    give_person,
    list_audit_notes,
)
from tests.application import Application, runner
from tests.give import Country

NEW = "ba cây chụm lại nên hòn núi cao"
Wait = Callable[[float], float]


@pytest.fixture
def person(application: Application, country: Country) -> Person:
    return give_person(application, country["1.1"], Role.VIEWER, password_hash=None)


def invite(application: Application, person: Person) -> str:
    async def write() -> str:
        async with application.app.state.resources.database.write_transaction() as session:
            return await create_invitation(session, person.id)

    return runner().run(write())


def follow(browser: Browser, token: str) -> httpx.Response:
    return browser.get("/oauth/welcome?" + urlencode({"invitation": token}))


def set_password(browser: Browser, token: str, new: str = NEW, again: str = NEW) -> httpx.Response:
    form = {"invitation": token, "new_password": new, "again": again}
    return browser.send("/oauth/welcome", **form)


def test_who_is_invited_chooses_a_password_and_signs_in(
    browser: Browser, application: Application, client: str, person: Person
) -> None:
    token = invite(application, person)
    page = follow(browser, token)
    assert (page.status_code, "At least 12 characters" in page.text) == (200, True)
    assert 'autocomplete="new-password"' in page.text

    assert set_password(browser, token).status_code == 200
    assert list_audit_notes(application, person) == [("password.set", None)]
    browser.ask(client)
    assert code_of(browser.send(login=person.login, password=NEW))


def test_looking_uses_nothing_up_and_setting_does(
    browser: Browser, application: Application, person: Person
) -> None:
    token = invite(application, person)
    for _ in range(3):
        assert follow(browser, token).status_code == 200
    assert set_password(browser, token).status_code == 200

    assert follow(browser, token).status_code == 403
    again = set_password(browser, token, PASSWORD, PASSWORD)
    assert (again.status_code, "has been used" in again.text) == (403, True)


@pytest.mark.parametrize(
    ("new", "again", "why"),
    [
        ("short", "short", "from 12 to 200 characters"),
        ("password1234", "password1234", "others try first"),
        (NEW, NEW + ".", "are not the same"),
    ],
)
def test_a_weak_or_mistyped_password_is_reported_and_may_be_retried(
    browser: Browser, application: Application, person: Person, new: str, again: str, why: str
) -> None:
    token = invite(application, person)
    follow(browser, token)
    told = set_password(browser, token, new, again)

    assert (told.status_code, why in told.text) == (422, True)
    assert 'aria-describedby="hint fault"' in told.text
    assert set_password(browser, token).status_code == 200


def test_it_runs_out_after_a_day(
    browser: Browser, application: Application, person: Person, wait: Wait
) -> None:
    token = invite(application, person)
    follow(browser, token)
    wait(24 * 3600 + 1)

    assert set_password(browser, token).status_code == 403


def test_a_new_one_takes_back_the_old_one(
    browser: Browser, application: Application, person: Person
) -> None:
    old, new = invite(application, person), invite(application, person)

    assert follow(browser, old).status_code == 403
    assert follow(browser, new).status_code == 200


def test_who_is_disabled_cannot_follow_one(
    browser: Browser, application: Application, person: Person
) -> None:
    from app.db.base import now

    token = invite(application, person)
    follow(browser, token)
    change(application, person, disabled_at=now())

    assert set_password(browser, token).status_code == 403


@pytest.mark.parametrize("token", ["", "x", "\x00", "é", "a" * 200])
def test_what_is_no_invitation_opens_nothing(browser: Browser, token: str) -> None:
    assert follow(browser, token).status_code == 403
