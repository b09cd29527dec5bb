"""The pages themselves: who may frame, keep or script them, and what they say in which language."""

import re
from string import Template

import pytest

from app.api.rest import sign_in_pages as pages
from app.domain.actor import Role
from tests.access.login.give import (
    RETURNS_TO,
    Browser,
    authorization_request,
    give_client,
    give_person,
)
from tests.application import Application
from tests.give import Country


def test_the_first_page_asks_for_name_and_password(browser: Browser, client: str) -> None:
    answer = browser.ask(client, language="vi")

    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.text
    assert "<h1>Đăng nhập</h1>" in answer.text
    assert re.findall(r'<label for="(\w+)">', answer.text) == ["login", "password"]
    assert 'role="alert"' not in answer.text


def test_a_page_runs_no_script_and_is_neither_framed_nor_stored(
    browser: Browser, client: str
) -> None:
    answer = browser.ask(client)
    policy = answer.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert policy.endswith("form-action 'self' http://127.0.0.1:9")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert not re.search(r"<script|\son\w+=|javascript:|style=", answer.text)
    assert set(re.findall(r'(?:src|href|action)="([^"]*)"', answer.text)) == {
        "/assets/pages/icon.svg",
        "/assets/pages/sign-in.css",
        "/oauth/authorize",
    }


def test_the_cookie_is_for_this_host_and_its_own_pages_only(browser: Browser, client: str) -> None:
    [cookie] = browser.ask(client).headers.get_list("set-cookie")

    assert cookie.startswith("binhyen-sign-in=")
    assert {"HttpOnly", "SameSite=strict", "Max-Age=300", "Path=/"} <= set(cookie.split("; "))
    assert "domain" not in cookie.lower()


def test_with_tls_the_cookie_cannot_be_planted_by_a_neighbour(
    application_url: str, country: Country
) -> None:
    with Application.on(application_url, issuer="https://binhyen.example") as application:
        name = give_client(application, country[""])
        [cookie] = Browser(application).ask(name).headers.get_list("set-cookie")
    assert cookie.startswith("__Host-binhyen-sign-in=")
    assert {"Secure", "Path=/"} <= set(cookie.split("; "))


@pytest.mark.parametrize(
    ("preferred", "requested", "spoken"),
    [("en", None, "en"), ("fr", None, "vi"), ("en", "vi", "vi"), ("vi", "fr en-GB", "en")],
)
def test_the_application_or_the_browser_chooses_the_language(
    browser: Browser, client: str, preferred: str, requested: str | None, spoken: str
) -> None:
    answer = browser.ask(client, language=preferred, ui_locales=requested)

    assert f'<html lang="{spoken}">' in answer.text


def test_what_was_typed_is_shown_as_text(browser: Browser, client: str) -> None:
    browser.ask(client)
    answer = browser.send(login='"><script>alert(1)</script>', password="x" * 12)

    assert answer.status_code == 403
    assert "<script" not in answer.text
    assert "&quot;&gt;&lt;script&gt;" in answer.text


def test_a_fault_is_explained_at_the_fields(browser: Browser, client: str) -> None:
    browser.ask(client)
    answer = browser.send(login="nobody", password="x" * 12)

    assert '<p id="fault" class="fault" role="alert">' in answer.text
    assert answer.text.count('aria-describedby="fault"') == 2
    assert "<title>Error: Sign in" in answer.text


@pytest.mark.parametrize(
    "over",
    [
        {"client_id": "nobody"},
        {"redirect_uri": "https://elsewhere.example/back"},
        {"redirect_uri": RETURNS_TO + "/more"},
    ],
)
def test_an_application_that_is_not_known_gets_no_redirect(
    browser: Browser, client: str, over: dict[str, str]
) -> None:
    answer = browser.get("/oauth/authorize?" + "&".join(
        f"{name}={value}" for name, value in (authorization_request(client) | over).items()
    ))  # fmt: skip

    assert answer.status_code == 422
    assert "location" not in answer.headers
    assert "<h1>" in answer.text


def test_a_wrong_request_of_a_known_client_is_returned_to_it(browser: Browser, client: str) -> None:
    answer = browser.ask(client, code_challenge_method="plain")

    assert answer.status_code == 303
    assert answer.headers["location"].startswith(RETURNS_TO + "?error=invalid_request")


def test_both_languages_have_the_same_words_and_every_page_finds_its_own() -> None:
    assert pages.WORDS["vi"].keys() == pages.WORDS["en"].keys()
    words = set(pages.WORDS["vi"])
    used = {
        name
        for template in pages.TEMPLATES.values()
        for name in Template(template.template).get_identifiers()
    }
    assert words - used <= {
        "code", "enrol", "recovery", "unit", "consent", "consent_guarded", "consent_ordinary",
        "welcome", "done", "refused", "wrong",
    }  # fmt: skip


def test_a_name_of_a_unit_cannot_write_a_page(application: Application, country: Country) -> None:
    made = pages.fill("choice", "en", number=1, id="<b>", name='<img src=x onerror="x">')

    assert "<img" not in made
    assert "<b>" not in made


def test_a_page_that_is_posted_without_anything_is_refused_politely(
    browser: Browser, client: str, application: Application, country: Country
) -> None:
    give_person(application, country["1.1"], Role.VIEWER)
    browser.ask(client)
    answer = application.nobody.send("POST", "/oauth/authorize")

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
