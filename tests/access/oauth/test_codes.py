"""From an application's question to its tokens: each step, and each way to get it wrong."""

import secrets
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.db.base import now
from app.db.tables.auth import Account, AuthorizationCode, Grant
from app.domain.actor import Role
from app.domain.oauth.authorization import error_redirect, parse_authorization_request
from app.domain.oauth.errors import AuthorizationRefused, RedirectedError
from app.domain.oauth.rules import digest
from tests.access.oauth.give import BACK, App, bearer, check_both_layers, give_client, put, run
from tests.application import Application

VERIFIER = secrets.token_urlsafe(48)


@pytest.fixture
def app(application: Application) -> App:
    return App.of(application, Role.VIEWER)


def parse_request(app: App, *, drop: str = "", **over: str) -> Any:
    question = {n: v for n, v in app.question(VERIFIER, **over).items() if n != drop}
    settings = app.application.app.state.resources.settings
    return run(
        app.application, lambda session: parse_authorization_request(session, settings, question)
    )


def test_the_whole_flow_gives_tokens_that_open_both_layers(app: App) -> None:
    back = app.sign_in(VERIFIER)
    assert (back["from"], back["state"], back["iss"]) == ("here", "a b&c", "http://127.0.0.1:8000")
    answer = app.redeem(back["code"], VERIFIER)
    assert answer.headers["cache-control"] == "no-store"
    tokens = answer.json()
    assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 600)
    assert check_both_layers(app.application, tokens["access_token"]) == (True, True)
    actor = app.application.app.state.resources.tokens.actor(tokens["access_token"])
    assert (actor.subject, actor.client, actor.methods) == (
        str(app.person), app.client_id, ("pwd", "otp"),
    )  # fmt: skip
    assert abs(actor.signed_in_at - now()) < timedelta(seconds=30)


def test_a_scope_narrows_and_never_widens(app: App) -> None:
    tokens = app.enter(scope="unit:read unit:create")  # a viewer may not create
    assert tokens["scope"] == "unit:read"
    caller = bearer(app.application, tokens["access_token"])
    assert caller.get("/api/v1/units").status_code == 200
    assert caller.get("/api/v1/model-types").status_code == 403
    assert "errors" in caller.ask("{ modelTypes { nodes { id } } }")


@pytest.mark.parametrize(
    ("drop", "over", "error"),
    [
        ("response_type", {}, "unsupported_response_type"),
        ("", {"response_type": "token"}, "unsupported_response_type"),
        ("code_challenge", {}, "invalid_request"),
        ("code_challenge_method", {}, "invalid_request"),
        ("", {"code_challenge_method": "plain"}, "invalid_request"),
        ("", {"code_challenge": "short"}, "invalid_request"),
        ("", {"scope": "unit:read everything"}, "invalid_scope"),
    ],
)
def test_a_wrong_request_is_reported_to_the_client(
    app: App, drop: str, over: dict[str, str], error: str
) -> None:
    with pytest.raises(RedirectedError) as told:
        parse_request(app, drop=drop, **over)
    assert (told.value.error, told.value.state) == (error, "a b&c")
    back = error_redirect(told.value, "http://127.0.0.1:8000")
    assert back.startswith(f"{BACK}&error={error}&state=a+b%26c&iss=http")


@pytest.mark.parametrize(
    ("drop", "over"),
    [
        ("client_id", {}),
        ("", {"client_id": "unknown"}),
        ("", {"client_id": "x\ud800"}),
        ("redirect_uri", {}),
        ("", {"redirect_uri": BACK + "/"}),
        ("", {"redirect_uri": "https://app.example/back"}),
        ("", {"redirect_uri": 'https://evil.example/"\\'}),
        ("", {"response_type": 'tiếng Việt"', "redirect_uri": "https://evil.example"}),
        ("", {"state": "a\x00b"}),
        ("", {"nonce": "n" * 301}),
    ],
)
def test_an_untrusted_redirect_is_reported_on_our_page(
    app: App, drop: str, over: dict[str, str]
) -> None:
    with pytest.raises(AuthorizationRefused) as told:
        parse_request(app, drop=drop, **over)
    assert not isinstance(told.value, RedirectedError)


def test_a_repeated_parameter_is_refused(app: App) -> None:
    pairs = [*app.question(VERIFIER).items(), ("scope", "a"), ("scope", "b")]
    settings = app.application.app.state.resources.settings
    with pytest.raises(AuthorizationRefused):
        run(app.application, lambda session: parse_authorization_request(session, settings, pairs))


@pytest.mark.parametrize(
    ("over", "error"),
    [
        ({"code": "unknown"}, "invalid_grant"),
        ({"code_verifier": secrets.token_urlsafe(48)}, "invalid_grant"),
        ({"code_verifier": ""}, "invalid_request"),
        ({"redirect_uri": BACK + "/"}, "invalid_grant"),
        ({"redirect_uri": ""}, "invalid_grant"),
        ({"client_id": "unknown"}, "invalid_client"),
        ({"client_secret": "x"}, "invalid_client"),
    ],
)
def test_a_code_alone_is_not_enough(app: App, over: dict[str, str], error: str) -> None:
    form = {
        "grant_type": "authorization_code", "code": app.sign_in(VERIFIER)["code"],
        "code_verifier": VERIFIER, "redirect_uri": BACK,
    }  # fmt: skip
    answer = app.ask(**form | over)
    assert answer.json()["error"] == error
    assert answer.status_code == (401 if error == "invalid_client" else 400)


def test_a_code_is_of_no_use_to_another_client(app: App) -> None:
    code = app.sign_in(VERIFIER)["code"]
    other = App.of(app.application)
    assert other.redeem(code, VERIFIER).json()["error"] == "invalid_grant"
    assert app.redeem(code, VERIFIER).status_code == 200


def test_a_code_lasts_a_minute(app: App) -> None:
    code = app.sign_in(VERIFIER)["code"]
    past = now() - timedelta(seconds=1)
    put(app.application, AuthorizationCode.code_hash, digest(code), expires_at=past)
    assert app.redeem(code, VERIFIER).json()["error"] == "invalid_grant"


def test_a_code_that_comes_twice_ends_what_it_opened(app: App) -> None:
    code = app.sign_in(VERIFIER)["code"]
    tokens = app.redeem(code, VERIFIER).json()
    assert app.redeem(code, VERIFIER).json()["error"] == "invalid_grant"
    assert check_both_layers(app.application, tokens["access_token"]) == (False, False)
    assert app.refresh(tokens["refresh_token"]).json()["error"] == "invalid_grant"
    assert app.session_of(tokens["access_token"]).end_reason == "code_reused"


def test_a_person_who_is_disabled_between_code_and_token_gets_none(app: App) -> None:
    code = app.sign_in(VERIFIER)["code"]
    put(app.application, Account.id, app.person, disabled_at=now())
    assert app.redeem(code, VERIFIER).json()["error"] == "invalid_grant"


def test_a_person_without_a_role_gets_no_token(application: Application) -> None:
    app = App.of(application)
    put(application, Grant.account_id, app.person, state="revoked")
    code = app.sign_in(VERIFIER)["code"]
    assert app.redeem(code, VERIFIER).json()["error"] == "invalid_grant"


def test_a_confidential_application_proves_itself_beside_pkce(application: Application) -> None:
    name = give_client(application, secret="right", back=[BACK])
    app = App(application, name, App.of(application).person)
    code = app.sign_in(VERIFIER)["code"]
    assert app.redeem(code, VERIFIER).json()["error"] == "invalid_client"
    assert app.redeem(code, VERIFIER, client_secret="wrong").status_code == 401
    assert app.redeem(code, VERIFIER, client_secret="right").status_code == 200


def test_the_address_to_go_back_to_is_the_registered_one(app: App) -> None:
    found = parse_request(app)
    assert urlsplit(found.redirect_uri).netloc == "app.example"
    assert (found.scope, found.state, found.nonce) == ("", "a b&c", None)
