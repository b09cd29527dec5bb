"""A step belongs to one browser, for five minutes, once; none can be skipped."""

import time
from collections.abc import Callable

import pytest
from cryptography.fernet import Fernet

from app.domain.actor import Role
from app.domain.login.cookie_seal import CookieSeal
from app.domain.login.steps import Stage, Step
from tests.access.login.give import (
    PASSWORD,
    Browser,
    change,
    code_of,
    give_person,
    reception,
    sessions,
)
from tests.application import Application
from tests.give import Country

Wait = Callable[[float], float]


def test_another_site_cannot_sign_its_visitor_in(
    client: str, application: Application, country: Country
) -> None:
    """Login CSRF: the form of the attacker's own browser, sent by somebody else's."""
    attacker, victim = Browser(application), Browser(application)
    person = give_person(application, country["1.1"], Role.VIEWER)
    attacker.ask(client)
    form = {"step": attacker.step, "login": person.login, "password": PASSWORD}

    assert victim._visit("POST", "/oauth/authorize", {}, data=form).status_code == 422
    victim.ask(client)
    assert victim._visit("POST", "/oauth/authorize", {}, data=form).status_code == 422
    assert sessions(application, person) == []


def test_a_planted_cookie_is_not_taken_over(browser: Browser, client: str) -> None:
    """Session fixation: what the browser held before is never what it holds after."""
    browser.cookies["binhyen-sign-in"] = planted = "x" * 43
    browser.ask(client)

    assert browser.cookies["binhyen-sign-in"] != planted


def test_every_step_changes_what_the_browser_holds(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER, also=[country["2.1"]], totp=True)
    held = []
    browser.ask(client)
    held.append(browser.cookies["binhyen-sign-in"])
    browser.send(login=person.login, password=PASSWORD)
    held.append(browser.cookies["binhyen-sign-in"])
    browser.send(code=person.code(time.time()))
    held.append(browser.cookies["binhyen-sign-in"])

    assert len(set(held)) == 3
    code_of(browser.send(unit=str(country["1.1"])))
    assert browser.cookies.keys() == {"binhyen-device"}


@pytest.mark.parametrize("stage", ["password", "code", "unit"])
def test_a_step_is_passed_once(
    browser: Browser, client: str, application: Application, country: Country, stage: str
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER, also=[country["2.1"]], totp=True)
    forms = {
        "password": {"login": person.login, "password": PASSWORD},
        "code": {"code": person.code(time.time())},
        "unit": {"unit": str(country["1.1"])},
    }
    browser.ask(client)
    for name, form in forms.items():
        kept, step = dict(browser.cookies), browser.step
        browser.send(**form)
        if name == stage:
            break
    if stage == "code":
        change(
            application, person, totp_last_step=1
        )  # so that only the step itself stands in the way
    browser.cookies = kept
    again = browser._visit("POST", "/oauth/authorize", {}, data={"step": step} | forms[stage])

    assert again.status_code == 422
    assert "has been used" in again.text


def test_a_step_lives_for_five_minutes(
    browser: Browser, client: str, application: Application, country: Country, wait: Wait
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER)
    browser.ask(client)
    wait(301)

    assert browser.send(login=person.login, password=PASSWORD).status_code == 422


def test_a_password_step_takes_no_unit_and_no_code(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER, totp=True)
    browser.ask(client)
    forms = [
        {"unit": str(country["1.1"])},
        {"code": person.code(time.time()), "unit": str(country["1.1"])},
        {"login": person.login, "code": person.code(time.time())},
    ]
    for form in forms:
        assert browser.send(**form).status_code == 403
    assert sessions(application, person) == []


def test_the_second_factor_cannot_be_skipped(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    person = give_person(application, country["1.1"], Role.APPROVER)
    browser.sign_in(client, person)
    for form in ({}, {"unit": str(country["1.1"])}, {"login": person.login, "password": PASSWORD}):
        assert browser.send(**form).status_code == 403
    assert sessions(application, person) == []


def test_a_step_made_elsewhere_is_none(
    browser: Browser, client: str, application: Application
) -> None:
    browser.ask(client)
    held = browser.cookies["binhyen-sign-in"]
    stranger, own = CookieSeal(Fernet.generate_key().decode()), reception(application).seal
    proved = Step(Stage.UNIT, {}, "en", account="00000000-0000-4000-8000-000000000009")
    forged = [
        proved.close(stranger, held),
        own.close("enrolment", ["x", "y"]),
        proved.close(own, "another secret"),
        browser.step[:-4] + "AAAA",
        "",
        "é",
    ]
    for step in forged:
        answer = browser._visit("POST", "/oauth/authorize", {}, data={"step": step})
        assert answer.status_code == 422
        browser.cookies["binhyen-sign-in"] = held


def test_who_is_disabled_between_two_steps_goes_no_further(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    from app.db.base import now

    person = give_person(application, country["1.1"], Role.VIEWER, totp=True)
    browser.sign_in(client, person)
    change(application, person, disabled_at=now())

    assert browser.send(code=person.code(time.time())).status_code == 422
    assert sessions(application, person) == []


def test_a_key_can_be_replaced_while_the_old_one_still_opens() -> None:
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    closed = CookieSeal(old).close("totp", "secret")

    assert CookieSeal(new, old).open("totp", closed) == "secret"
