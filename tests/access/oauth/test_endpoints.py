"""Revocation and introspection of tokens, and the metadata of this server."""

from typing import Any
from uuid import uuid4

import pytest
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from app.db.tables.auth import ClientKind
from app.domain.actor import Role
from tests.access.oauth.give import BACK, CREDENTIALS, App, check_both_layers, give_client
from tests.application import Application

PROOF = "a secret"


@pytest.fixture
def app(application: Application) -> App:
    return App.of(application, Role.VIEWER)


@pytest.fixture
def confidential(application: Application) -> App:
    """An application of people that can also prove who it is."""
    name = give_client(application, Role.VIEWER, secret=PROOF, back=[BACK])
    return App(application, name, App.of(application).person)


def enter(app: App) -> Any:
    code = app.sign_in("v" * 43)["code"]
    return app.redeem(code, "v" * 43, client_secret=PROOF).json()


def ask(app: App, what: str, token: str, **form: str) -> tuple[int, Any]:
    data = {"token": token, "client_id": app.client_id} | form
    answer = app.application.nobody.send("POST", f"/oauth/{what}", data=data)
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.json()


@pytest.mark.parametrize("hint", ["", "access_token", "refresh_token", "id_token"])
def test_a_refresh_token_given_back_takes_all_along(app: App, hint: str) -> None:
    tokens = app.enter()
    fresh = app.refresh(tokens["refresh_token"]).json()
    assert ask(app, "revoke", fresh["refresh_token"], token_type_hint=hint) == (200, {})
    for one in (tokens, fresh):
        assert check_both_layers(app.application, one["access_token"]) == (False, False)
        assert app.refresh(one["refresh_token"]).json()["error"] == "invalid_grant"
    assert app.session_of(fresh["access_token"]).end_reason == "revoked"


def test_an_access_token_given_back_leaves_the_family(app: App) -> None:
    tokens = app.enter()
    assert ask(app, "revoke", tokens["access_token"]) == (200, {})
    assert check_both_layers(app.application, tokens["access_token"]) == (False, False)
    fresh = app.refresh(tokens["refresh_token"]).json()
    assert check_both_layers(app.application, fresh["access_token"]) == (True, True)


def test_a_token_of_a_system_can_be_given_back(application: Application) -> None:
    name = give_client(application, Role.VIEWER, secret=PROOF)
    form = {"client_id": name, "client_secret": PROOF}
    token = application.nobody.send("POST", "/oauth/token", data=CREDENTIALS | form).json()
    assert check_both_layers(application, token["access_token"]) == (True, True)
    system = App(application, name, uuid4())  # no person stands behind it
    assert ask(system, "revoke", token["access_token"], **form)[0] == 200
    assert check_both_layers(application, token["access_token"]) == (False, False)


def test_nobody_gives_back_what_is_another_s(app: App) -> None:
    tokens, other = app.enter(), App.of(app.application)
    for kind in ("access_token", "refresh_token"):
        assert ask(other, "revoke", tokens[kind])[1]["error"] == "invalid_grant"
    assert check_both_layers(app.application, tokens["access_token"]) == (True, True)
    assert ask(app, "revoke", "unknown") == (200, {})
    assert ask(app, "revoke", "")[1]["error"] == "invalid_request"
    assert ask(app, "revoke", "x", client_id="unknown")[0] == 401


def test_a_client_can_introspect_its_own_valid_tokens(confidential: App) -> None:
    tokens = enter(confidential)
    proof = {"client_secret": PROOF}
    status, told = ask(confidential, "introspect", tokens["access_token"], **proof)
    assert (status, told["active"], told["token_type"]) == (200, True, "Bearer")
    assert (told["client_id"], told["sub"]) == (confidential.client_id, str(confidential.person))
    assert (told["scope"], told["aud"]) == (tokens["scope"], "binhyen")
    _, leaf = ask(confidential, "introspect", tokens["refresh_token"], **proof)
    assert (leaf["active"], leaf["token_type"]) == (True, "refresh_token")
    ask(confidential, "revoke", tokens["refresh_token"], **proof)
    for kind in ("access_token", "refresh_token"):
        assert ask(confidential, "introspect", tokens[kind], **proof) == (200, {"active": False})


def test_a_used_leaf_is_not_active(confidential: App) -> None:
    tokens, proof = enter(confidential), {"client_secret": PROOF}
    confidential.refresh(tokens["refresh_token"], **proof)
    told = ask(confidential, "introspect", tokens["refresh_token"], **proof)
    assert told == (200, {"active": False})


def test_a_client_learns_nothing_of_another_s_token(
    application: Application, confidential: App
) -> None:
    tokens = enter(confidential)
    for role in (Role.VIEWER, Role.AUDITOR):
        other = App(application, give_client(application, role, secret=PROOF), confidential.person)
        for token in (*(tokens[kind] for kind in ("access_token", "refresh_token")), "x", "a.b.c"):
            assert ask(other, "introspect", token, client_secret=PROOF) == (200, {"active": False})


def test_introspection_needs_client_authentication(application: Application, app: App) -> None:
    token = app.enter()["access_token"]
    assert ask(app, "introspect", token)[1]["error"] == "invalid_client"
    public = give_client(application, kind=ClientKind.PUBLIC, back=[BACK])
    assert ask(app, "introspect", token, client_id=public)[0] == 401
    assert ask(app, "introspect", token, client_secret="x")[0] == 401


def test_the_server_says_what_it_can_do(application: Application) -> None:
    told = application.nobody.get("/.well-known/oauth-authorization-server").json()
    AuthorizationServerMetadata(told).validate()
    assert told["issuer"] == application.app.state.resources.settings.issuer
    assert told["code_challenge_methods_supported"] == ["S256"]
    assert told["response_types_supported"] == ["code"]
    assert set(told["grant_types_supported"]) == {
        "authorization_code", "client_credentials", "refresh_token",
    }  # fmt: skip
    assert "none" not in told["introspection_endpoint_auth_methods_supported"]
    for name in ("token", "revocation", "introspection"):
        path = told[f"{name}_endpoint"].removeprefix(told["issuer"])
        assert application.nobody.send("POST", path).json()["error"] == "invalid_request"
