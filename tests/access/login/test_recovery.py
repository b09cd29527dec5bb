"""Recovery codes: shown once, each opens once in place of a lost phone."""

import re
import time
from html import unescape

import pyotp
import pytest

from app.domain.actor import Role
from tests.access.login.give import (
    Browser,
    Person,
    account_of,
    code_of,
    count_failures,
    give_person,
    list_audit_notes,
)
from tests.application import Application
from tests.give import Country


@pytest.fixture
def officer(application: Application, country: Country) -> Person:
    return give_person(application, country["1.1"], Role.TIP_OFFICER)


def enrol(browser: Browser, client: str, person: Person) -> list[str]:
    """Set up a second factor at the first sign-in; return the recovery codes."""
    browser.agrees = False
    page = browser.sign_in(client, person, scope="me:read")
    found = re.search(r'<code id="secret">([A-Z2-7]+)</code>', page.text)
    assert found, "a role that reads tips needs a second factor"
    person.secret = found[1]
    shown = browser.send(code=pyotp.TOTP(person.secret).at(int(time.time())))
    codes = re.findall(r"<li>([a-z2-9-]{14})</li>", unescape(shown.text))
    assert len(set(codes)) == 10
    browser.agrees = True
    assert code_of(browser.send())
    return codes


def test_each_code_opens_once(browser: Browser, client: str, officer: Person) -> None:
    first, second, *_ = enrol(browser, client, officer)
    for code in (first, second.upper().replace("-", " ")):
        browser.sign_in(client, officer, scope="me:read")
        assert code_of(browser.send(code=code))
    browser.sign_in(client, officer, scope="me:read")
    answer = browser.send(code=first)
    assert (answer.status_code, "not right, or has been used" in answer.text) == (403, True)


def test_a_code_that_was_never_given_counts_as_wrong(
    browser: Browser, application: Application, client: str, officer: Person
) -> None:
    enrol(browser, client, officer)
    browser.sign_in(client, officer, scope="me:read")
    before = count_failures(application)
    assert browser.send(code="aaaa-bbbb-cccc").status_code == 403
    assert list_audit_notes(application, officer)[-1] == ("sign_in.refused", "code")
    assert count_failures(application) > before


def test_codes_are_not_stored_as_they_are_shown(
    browser: Browser, application: Application, client: str, officer: Person
) -> None:
    codes = enrol(browser, client, officer)
    stored = account_of(application, officer).recovery_codes
    assert stored
    assert not any(code.encode() in stored for code in codes)


def test_the_codes_of_one_person_do_not_open_for_another(
    browser: Browser, application: Application, country: Country, client: str, officer: Person
) -> None:
    code = enrol(browser, client, officer)[0]
    other = give_person(application, country["1.1"], Role.TIP_OFFICER, totp=True)
    browser.sign_in(client, other, scope="me:read")
    assert browser.send(code=code).status_code == 403
