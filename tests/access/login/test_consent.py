"""Consent: a person sees what an application is and gets; it serves only whom it may."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlmodel import select

from app.api.rest.sign_in_pages import PERMISSIONS
from app.db.tables.auth import Client
from app.domain.actor import GRANTS, GUARDED, Permission, Role
from app.domain.oauth.rules import matches_redirect
from tests.access.login.give import (
    RETURNS_TO,
    VERIFIER,
    Browser,
    Person,
    code_of,
    give_client,
    give_person,
    list_audit_notes,
    sessions,
)
from tests.application import Application, runner
from tests.give import Country


@pytest.fixture
def careful(browser: Browser) -> Browser:
    browser.agrees = False
    return browser


def open_to(application: Application, client: str, **values: object) -> None:
    async def write() -> None:
        async with application.app.state.resources.database.write_transaction() as session:
            row = (await session.exec(select(Client).where(Client.client_id == client))).one()
            for name, value in values.items():
                setattr(row, name, value)

    runner().run(write())


def redeem(application: Application, client: str, code: str) -> dict[str, str]:
    form = {
        "grant_type": "authorization_code", "client_id": client, "code": code,
        "redirect_uri": RETURNS_TO, "code_verifier": VERIFIER,
    }  # fmt: skip
    answer = application.nobody.send("POST", "/oauth/token", data=form)
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json()
    return found


def test_the_page_names_the_application_its_host_and_what_it_gets(
    careful: Browser, application: Application, country: Country, client: str
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER)
    page = careful.sign_in(client, person)
    assert page.status_code == 200
    assert "Allow this application?" in page.text
    for text in ("Ứng dụng", 'id="host">127.0.0.1<', 'id="registered-by">'):
        assert text in page.text
    for permission in GRANTS[Role.VIEWER] - frozenset(GUARDED):
        assert f"<li>{PERMISSIONS['en'][permission]}</li>" in page.text
    assert sessions(application, person) == [], "nothing is handed out before the answer"
    assert code_of(careful.send(decision="allow"))


def test_who_refuses_hands_out_nothing(
    careful: Browser, application: Application, country: Country, client: str
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER)
    careful.sign_in(client, person)
    answer = careful.send(decision="deny")
    said = parse_qs(urlsplit(answer.headers["location"]).query)
    assert (said["error"], said["state"]) == (["access_denied"], ["s-1"])
    assert sessions(application, person) == []
    assert list_audit_notes(application, person)[-1] == ("consent.refused", None)


@pytest.mark.parametrize("decision", ["", "yes", "ALLOW"])
def test_only_the_word_allow_allows(
    careful: Browser, application: Application, country: Country, client: str, decision: str
) -> None:
    careful.sign_in(client, give_person(application, country["1.1"], Role.VIEWER))
    assert "error=access_denied" in careful.send(decision=decision).headers["location"]


def test_a_consent_form_is_spent_and_belongs_to_its_browser(
    careful: Browser, application: Application, country: Country, client: str
) -> None:
    careful.sign_in(client, give_person(application, country["1.1"], Role.VIEWER))
    page, cookies = careful.page, dict(careful.cookies)
    other = Browser(application, page=page, agrees=False)
    assert other.send(decision="allow").status_code == 422
    assert code_of(careful.send(decision="allow"))
    careful.page, careful.cookies = page, cookies
    assert careful.send(decision="allow").status_code == 422


def test_phishing_by_a_client_of_a_commune_ends_before_consent(
    careful: Browser, application: Application, country: Country
) -> None:
    """A commune's client does not work for an approver of the province, whatever it asks."""
    client = give_client(application, country["1.1"])
    approver = give_person(application, country["1"], Role.APPROVER, totp=True)
    careful.sign_in(client, approver)
    answer = careful.send(code=approver.code(_now()))
    assert (answer.status_code, "works for the people of the unit" in answer.text) == (403, True)
    assert sessions(application, approver) == []


@pytest.mark.parametrize(("home", "served"), [("1.1", True), ("1.1.1", True), ("1.2", False)])
def test_a_client_works_for_its_unit_and_those_below(
    browser: Browser, application: Application, country: Country, home: str, served: bool
) -> None:
    client = give_client(application, country["1.1"])
    answer = browser.sign_in(client, give_person(application, country[home], Role.VIEWER))
    assert answer.status_code == (303 if served else 403)


def test_a_client_that_was_opened_works_for_the_wider_unit_until_it_is_closed(
    browser: Browser, application: Application, country: Country
) -> None:
    client = give_client(application, country["1.1"])
    person = give_person(application, country["1.2"], Role.VIEWER)
    open_to(application, client, opened_to_id=country["1"])
    tokens = redeem(application, client, code_of(browser.sign_in(client, person)))
    open_to(application, client, opened_to_id=None)
    form = {"grant_type": "refresh_token", "client_id": client}
    form["refresh_token"] = tokens["refresh_token"]
    answer = application.nobody.send("POST", "/oauth/token", data=form)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_guarded_permissions_are_left_out_unless_opened(
    browser: Browser, application: Application, country: Country
) -> None:
    client = give_client(application, country["1.1"])
    officer = give_person(application, country["1.1"], Role.TIP_OFFICER, totp=True)
    browser.sign_in(client, officer)
    tokens = redeem(application, client, code_of(browser.send(code=officer.code(_now()))))
    assert not GUARDED & set(tokens["scope"].split())
    asked = browser.ask(client, scope="tip:read")
    assert "error=invalid_scope" in asked.headers["location"]
    open_to(application, client, opened_scopes=["tip:read"])
    assert browser.ask(client, scope="tip:read").status_code == 200


def test_a_role_that_comes_later_was_not_consented_to(
    browser: Browser, application: Application, country: Country, client: str
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER)
    tokens = redeem(application, client, code_of(browser.sign_in(client, person)))
    held = sessions(application, person)[0]
    assert (
        held.scope == tokens["scope"] == " ".join(sorted(GRANTS[Role.VIEWER] - frozenset(GUARDED)))
    )


def test_an_application_that_asks_for_nothing_one_may_do_gets_nothing(
    browser: Browser, application: Application, country: Country, client: str
) -> None:
    person: Person = give_person(application, country["1.1"], Role.OPERATOR)
    answer = browser.sign_in(client, person, scope="team:read")
    assert (answer.status_code, "asks for nothing" in answer.text) == (403, True)


def test_every_permission_has_words_for_people() -> None:
    for language in ("vi", "en"):
        assert set(PERMISSIONS[language]) == set(Permission)
        assert all(PERMISSIONS[language].values())


@pytest.mark.parametrize(
    ("given", "registered", "same"),
    [
        ("http://127.0.0.1:51823/back", "http://127.0.0.1/back", True),
        ("http://127.0.0.1:51823/back", "http://127.0.0.1:80/back", True),
        ("http://[::1]:51823/back", "http://[::1]/back", True),
        ("http://127.0.0.1:51823/other", "http://127.0.0.1/back", False),
        ("http://127.0.0.1:51823@evil.example/back", "http://127.0.0.1/back", False),
        ("http://127.0.0.1.evil.example/back", "http://127.0.0.1/back", False),
        ("http://127.0.0.1:x/back", "http://127.0.0.1/back", False),
        ("http://[::1]:1/back", "http://127.0.0.1/back", False),
        ("https://127.0.0.1:1/back", "https://127.0.0.1/back", False),
        ("https://app.example:444/back", "https://app.example/back", False),
        ("http://localhost:1/back", "http://localhost/back", False),
    ],
)
def test_only_the_port_of_a_loopback_address_is_free(
    given: str, registered: str, same: bool
) -> None:
    assert matches_redirect(given, registered) is same


def test_an_app_on_this_device_comes_back_on_any_port(
    browser: Browser, application: Application, country: Country, client: str
) -> None:
    person = give_person(application, country["1.1"], Role.VIEWER)
    there = RETURNS_TO.replace(":9/", ":40123/")
    answer = browser.sign_in(client, person, redirect_uri=there)
    assert answer.headers["location"].startswith(there + "?code=")


def _now() -> float:
    import time

    return time.time()
