"""Signing in through a provider outside: a real one, over HTTP, that lies on demand."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest

from app.domain.actor import Role
from app.domain.login.errors import ProviderDown
from app.domain.login.provider import Provider
from tests.access.login.give import (
    PASSWORD,
    Browser,
    Person,
    change,
    code_of,
    give_client,
    give_person,
    list_audit_notes,
    sessions,
)
from tests.application import Application, runner
from tests.give import Country

SECRET = "a secret of this client at the provider"
LIES = [
    "wrong-aud", "two-auds", "wrong-azp", "wrong-iss", "wrong-nonce", "no-nonce", "expired",
    "no-exp", "from-the-future", "no-sub", "other-key", "unknown-key", "hs256", "none", "own-key",
]  # fmt: skip


@pytest.fixture(scope="module")
def trap() -> Iterator[socket.socket]:
    """Listen at an address that the application must never call."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        yield listening


@pytest.fixture(scope="module")
def issuer(trap: socket.socket) -> Iterator[str]:
    """The provider, as a process of its own."""
    elsewhere = f"http://127.0.0.1:{trap.getsockname()[1]}"
    command = [sys.executable, "-m", "tests.access.login.outside", elsewhere]
    with subprocess.Popen(
        command, cwd=Path(__file__).parents[3], stdout=subprocess.PIPE, text=True,
        stderr=subprocess.DEVNULL, env=dict(os.environ),
    ) as process:  # fmt: skip
        assert process.stdout
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def outside(application_url: str, country: Country, issuer: str) -> Iterator[Application]:
    """A application whose people may sign in there."""
    settings = {"oidc_issuer": issuer, "oidc_client_id": "us", "oidc_client_secret": SECRET}
    with Application.on(application_url, **settings) as application:
        yield application


@pytest.fixture(scope="module")
def app_name(outside: Application, country: Country) -> str:
    return give_client(outside, country[""])


@pytest.fixture
def user(outside: Application) -> Browser:
    return Browser(outside)


def give_known(
    application: Application, country: Country, issuer: str, how: str, *roles: Role
) -> Person:
    """Somebody whom the provider knows by a name that says how it shall answer."""
    person = give_person(application, country["1.1"], *roles or (Role.VIEWER,), password_hash=None)
    person.login = f"{how}.{uuid4().hex[:8]}"
    change(application, person, issuer=issuer, external_subject=person.login)
    return person


def leave(user: Browser, app_name: str) -> str:
    """Go to the provider; its address."""
    user.ask(app_name)
    answer = user.get(f"/oauth/external/start?step={user.step}")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def prove(address: str, name: str) -> str:
    """Sign in there; the path that leads back to us."""
    answer = httpx.post(address, data={"sub": name}, trust_env=False)
    assert answer.status_code == 302, answer.text
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


def come_in(user: Browser, app_name: str, name: str) -> httpx.Response:
    return user.get(prove(leave(user, app_name), name))


def test_the_page_offers_the_provider_only_where_there_is_one(
    user: Browser, app_name: str, browser: Browser, client: str
) -> None:
    assert "Sign in through your agency" in user.ask(app_name).text
    assert "Đăng nhập qua hệ thống của cơ quan" in user.ask(app_name, language="vi").text
    assert "/oauth/external" not in browser.ask(client).text


def test_who_is_known_there_and_here_comes_in(
    user: Browser, outside: Application, app_name: str, country: Country, issuer: str
) -> None:
    person = give_known(outside, country, issuer, "good")
    answer = come_in(user, app_name, person.login)

    assert code_of(answer)
    assert [held.methods for held in sessions(outside, person)] == [["ext"]]
    assert list_audit_notes(outside, person) == [("sign_in", None)]
    assert user.cookies.keys() <= {"binhyen-sign-in", "binhyen-device"}


def test_the_request_to_the_provider_carries_proofs_and_nothing_of_ours(
    user: Browser, app_name: str, issuer: str
) -> None:
    address = leave(user, app_name)
    parameters = {name: value[0] for name, value in parse_qs(urlsplit(address).query).items()}

    assert address.startswith(f"{issuer}/oauth2/authorize?")
    assert parameters["code_challenge_method"] == "S256"
    assert parameters["redirect_uri"].endswith("/oauth/external")
    assert min(len(parameters[name]) for name in ("state", "nonce", "code_challenge")) >= 43
    assert set(parameters) == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce",
        "code_challenge", "code_challenge_method",
    }  # fmt: skip


@pytest.mark.parametrize("how", LIES)
def test_a_token_that_is_wrong_in_one_way_opens_nothing(
    user: Browser, outside: Application, app_name: str, country: Country, issuer: str, how: str
) -> None:
    person = give_known(outside, country, issuer, how)
    answer = come_in(user, app_name, person.login)

    assert answer.status_code == 403
    assert "was not completed" in answer.text
    assert sessions(outside, person) == []


def test_an_account_is_found_by_issuer_and_subject_never_by_its_name(
    user: Browser, outside: Application, app_name: str, country: Country, issuer: str
) -> None:
    local = give_person(outside, country["1.1"], Role.VIEWER)
    elsewhere = give_known(outside, country, "https://another.example", "good")
    for name in (local.login, elsewhere.login):
        answer = come_in(user, app_name, name)
        assert answer.status_code == 403
        assert "no account here is yours" in answer.text
    assert sessions(outside, local) + sessions(outside, elsewhere) == []


def test_who_is_disabled_here_stays_out(
    user: Browser, outside: Application, app_name: str, country: Country, issuer: str
) -> None:
    from app.db.base import now

    person = give_known(outside, country, issuer, "good")
    change(outside, person, disabled_at=now())

    assert come_in(user, app_name, person.login).status_code == 403
    assert list_audit_notes(outside, person) == [("sign_in.refused", "disabled")]


def test_a_weighty_role_needs_our_own_second_factor_whatever_they_say(
    user: Browser, outside: Application, app_name: str, country: Country, issuer: str
) -> None:
    person = give_known(outside, country, issuer, "mfa", Role.APPROVER)
    page = come_in(user, app_name, person.login)

    assert (page.status_code, "Set up the second factor" in page.text) == (200, True)
    assert sessions(outside, person) == []


def test_their_second_factor_counts_where_the_settings_say_so(
    application_url: str, country: Country, issuer: str
) -> None:
    settings = {"oidc_issuer": issuer, "oidc_client_id": "us", "oidc_client_secret": SECRET}
    with Application.on(application_url, oidc_trust_mfa=True, **settings) as application:
        name = give_client(application, country[""])
        trusted = give_known(application, country, issuer, "mfa", Role.APPROVER)
        plain = give_known(application, country, issuer, "good", Role.APPROVER)

        assert code_of(come_in(Browser(application), name, trusted.login))
        assert sessions(application, trusted)[0].methods == ["ext", "otp"]
        assert "Set up" in come_in(Browser(application), name, plain.login).text


class TestTheWayBack:
    def test_it_is_gone_once(
        self, user: Browser, outside: Application, app_name: str, country: Country, issuer: str
    ) -> None:
        person = give_known(outside, country, issuer, "good")
        address = leave(user, app_name)
        kept = dict(user.cookies)
        assert code_of(user.get(prove(address, person.login)))
        user.cookies = kept

        assert user.get(prove(address, person.login)).status_code == 422
        assert len(sessions(outside, person)) == 1

    def test_it_is_for_the_browser_that_left(
        self, user: Browser, outside: Application, app_name: str, country: Country, issuer: str
    ) -> None:
        """Login CSRF: the attacker's own way back, followed by somebody else."""
        person = give_known(outside, country, issuer, "good")
        back = prove(leave(user, app_name), person.login)
        victim = Browser(outside)
        assert victim.get(back).status_code == 422
        leave(victim, app_name)

        assert victim.get(back).status_code == 422
        assert sessions(outside, person) == []

    def test_the_redirect_works_only_in_the_browser_that_requested_it(
        self, user: Browser, outside: Application, app_name: str
    ) -> None:
        user.ask(app_name)

        assert Browser(outside).get(f"/oauth/external/start?step={user.step}").status_code == 422

    @pytest.mark.parametrize(
        "query",
        ["error=access_denied", "code=made-up", "", "code=made-up&iss=https://evil.example"],
    )
    def test_without_a_good_code_the_local_page_is_shown(
        self, user: Browser, app_name: str, query: str
    ) -> None:
        state = parse_qs(urlsplit(leave(user, app_name)).query)["state"][0]
        answer = user.get(f"/oauth/external?state={state}&{query}")

        assert answer.status_code == 403
        assert 'name="password"' in answer.text

    def test_a_code_of_another_way_is_refused_for_its_proof(
        self, user: Browser, outside: Application, app_name: str, country: Country, issuer: str
    ) -> None:
        """A code stolen from another sign-in: neither PKCE nor the nonce fit."""
        person = give_known(outside, country, issuer, "good")
        other = Browser(outside)
        stolen = parse_qs(urlsplit(prove(leave(other, app_name), person.login)).query)["code"][0]
        state = parse_qs(urlsplit(leave(user, app_name)).query)["state"][0]

        assert user.get(f"/oauth/external?state={state}&code={stolen}").status_code == 403
        assert sessions(outside, person) == []

    def test_a_step_of_the_way_is_no_page_and_a_later_page_no_way_out(
        self, user: Browser, outside: Application, app_name: str, country: Country
    ) -> None:
        state = parse_qs(urlsplit(leave(user, app_name)).query)["state"][0]
        step, user.cookies = user.cookies["binhyen-away"], {"binhyen-sign-in": state}
        assert user._visit("POST", "/oauth/authorize", {}, data={"step": step}).status_code == 422
        person = give_person(outside, country["1.1"], Role.VIEWER, totp=True)
        user.sign_in(app_name, person)

        assert user.get(f"/oauth/external/start?step={user.step}").status_code == 422

    def test_the_cookie_of_the_way_is_small_closed_and_short_lived(
        self, user: Browser, app_name: str
    ) -> None:
        leave(user, app_name)
        held = user.cookies["binhyen-away"]

        assert len(held) < 4000
        assert app_name not in held


def test_where_the_provider_is_down_one_signs_in_by_password(
    application_url: str, country: Country
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
    settings = {"oidc_issuer": nobody, "oidc_client_id": "us", "oidc_client_secret": SECRET}
    with Application.on(application_url, **settings) as application:
        name, user = give_client(application, country[""]), Browser(application)
        person = give_person(application, country["1.1"], Role.VIEWER)
        user.ask(name)
        answer = user.get(f"/oauth/external/start?step={user.step}")

        assert answer.status_code == 503
        assert "does not answer right now" in answer.text
        assert code_of(user.send(login=person.login, password=PASSWORD))


def test_a_provider_that_says_nothing_is_not_waited_for(application: Application) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        provider = give_provider(f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(ProviderDown):
            request_address(provider)


@pytest.mark.parametrize(
    "way",
    [
        "authorization_endpoint", "token_endpoint", "jwks_uri", "redirected", "huge", "text",
        "wrong-issuer",
    ],
)  # fmt: skip
def test_a_provider_that_leads_elsewhere_or_nowhere_is_not_followed(
    issuer: str, trap: socket.socket, way: str
) -> None:
    with pytest.raises(ProviderDown):
        request_address(give_provider(f"{issuer}/{way}"))
    with pytest.raises(TimeoutError):
        trap.accept()


def test_the_metadata_of_the_provider_is_fetched_once(issuer: str) -> None:
    provider = give_provider(issuer)
    request_address(provider)
    known = provider._about
    request_address(provider)

    assert provider._about is known


def give_provider(issuer: str) -> Provider:
    return Provider(issuer, "us", SECRET, {"vi": "x", "en": "x"})


def request_address(provider: Provider) -> Any:
    given = {"returns_to": "http://test/back", "state": "s", "nonce": "n", "verifier": "v" * 43}
    return runner().run(provider.address(**given))


def test_the_secret_of_the_client_is_not_shown(issuer: str) -> None:
    assert SECRET not in repr(give_provider(issuer))
