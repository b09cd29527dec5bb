"""Clients that prove who they are, and all who do not."""

import base64
import hmac
import json
import time
from typing import Any
from uuid import uuid4

import pytest
from joserfc.jwk import ECKey, RSAKey

from app.db.base import now
from app.db.tables.auth import Client, ClientKind
from app.domain.actor import Role
from app.domain.auth.service import HASH
from app.domain.oauth import clients
from bench.forged_tokens import part
from tests.access.oauth.give import (
    BACK,
    CREDENTIALS,
    App,
    assertion,
    check_both_layers,
    give_client,
    put,
)
from tests.application import Application, runner

SECRET = "a secret: with 100 % & ÿ"


@pytest.fixture(scope="module")
def key() -> ECKey:
    return ECKey.generate_key("P-256", auto_kid=True)


@pytest.fixture
def machine(application: Application) -> str:
    return give_client(application, Role.VIEWER, secret=SECRET)


@pytest.fixture
def client_with_key(application: Application, key: ECKey) -> str:
    return give_client(application, Role.VIEWER, keys={"keys": [key.as_dict(private=False)]})


def error(application: Application, form: dict[str, Any], **more: Any) -> str:
    answer = application.nobody.send("POST", "/oauth/token", data=form, **more)
    body = answer.json()
    assert answer.headers["cache-control"] == "no-store"
    assert set(body) == {"error", "error_description"}
    assert answer.status_code == (401 if body["error"] == "invalid_client" else 400)
    assert ("www-authenticate" in answer.headers) is (answer.status_code == 401)
    name: str = body["error"]
    return name


def test_a_secret_by_form_and_by_header(application: Application, machine: str) -> None:
    form = CREDENTIALS | {"client_id": machine, "client_secret": SECRET}
    by_form = application.nobody.send("POST", "/oauth/token", data=form)
    plain = base64.b64encode(f"{machine}:a%20secret%3A%20with%20100%20%25%20%26%20%C3%BF".encode())
    headers = {"authorization": f"basic {plain.decode()}"}
    by_header = application.nobody.send("POST", "/oauth/token", data=CREDENTIALS, headers=headers)
    for answer in (by_form, by_header):
        assert (answer.status_code, answer.json()["expires_in"]) == (200, 300)
        assert "refresh_token" not in answer.json()
        assert check_both_layers(application, answer.json()["access_token"]) == (True, True)


def test_a_machine_asks_for_less(application: Application, machine: str) -> None:
    form = CREDENTIALS | {"client_id": machine, "client_secret": SECRET}
    answer = application.nobody.send("POST", "/oauth/token", data=form | {"scope": "me:read"})
    assert answer.json()["scope"] == "me:read"
    assert error(application, form | {"scope": "all:everything"}) == "invalid_scope"


def test_the_same_hash_is_computed_for_an_unknown_client(
    application: Application, machine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    reckoned = []
    real = clients.check_secret

    def check(secret: str, known: str) -> bool:
        reckoned.append(known.partition("$")[0])
        return real(secret, known)

    monkeypatch.setattr(clients, "check_secret", check)
    for name in (machine, "unknown", "x" * 101, "x\x00"):
        wrong = CREDENTIALS | {"client_id": name, "client_secret": "wrong"}
        assert error(application, wrong) == "invalid_client"
    assert len(reckoned) == 4
    assert set(reckoned) == {"sha256"}


def test_a_secret_that_an_older_version_hashed_slowly_still_holds() -> None:
    known = HASH.hash(SECRET)
    assert runner().run(clients.verify_secret(SECRET, known))
    assert not runner().run(clients.verify_secret("wrong", known))


@pytest.mark.parametrize(
    "header",
    [
        "Basic",
        "Basic ",
        "Basic %%%",
        "Basic w7/Dvw==",
        "Basic /////w==",
        "Basic Og==",
        "Basic eA==",
    ],
)
def test_a_header_that_cannot_be_read_is_no_proof(application: Application, header: str) -> None:
    assert error(application, CREDENTIALS, headers={"authorization": header}) == "invalid_client"


@pytest.mark.parametrize("grant", ["password", "implicit", "urn:x", "client_credentials "])
def test_other_grants_are_not_supported(application: Application, machine: str, grant: str) -> None:
    form = {"grant_type": grant, "username": "a", "password": "b", "client_id": machine}
    assert error(application, form | {"client_secret": SECRET}) == "unsupported_grant_type"


def test_what_is_no_plain_form_is_refused(application: Application, machine: str) -> None:
    form = CREDENTIALS | {"client_id": machine, "client_secret": SECRET}
    assert error(application, form | {"client_id": [machine, machine]}) == "invalid_request"
    assert error(application, form, headers={"content-type": "text/plain"}) == "invalid_request"
    assert error(application, {f"x{n}": "" for n in range(40)}) == "invalid_request"
    assert error(application, form, auth=(machine, SECRET)) == "invalid_request"


def test_a_public_client_has_no_name_of_its_own(application: Application) -> None:
    name = give_client(application, Role.VIEWER, kind=ClientKind.PUBLIC, back=[BACK])
    assert error(application, CREDENTIALS | {"client_id": name}) == "invalid_client"


def test_a_confidential_client_is_not_let_in_without_proof(
    application: Application, machine: str
) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": "x", "client_id": machine}
    assert error(application, form) == "invalid_client"
    form |= {"client_secret": SECRET}
    assert error(application, form) == "unauthorized_client"


def test_a_client_without_a_role_gets_no_token(application: Application) -> None:
    form = {"client_id": give_client(application, secret=SECRET), "client_secret": SECRET}
    assert error(application, CREDENTIALS | form) == "unauthorized_client"


def test_a_disabled_client_gets_no_token(application: Application, machine: str) -> None:
    put(application, Client.client_id, machine, disabled_at=now())
    form = CREDENTIALS | {"client_id": machine, "client_secret": SECRET}
    assert error(application, form) == "invalid_client"


def test_a_key_of_ones_own_is_a_proof_and_each_signature_is_taken_once(
    application: Application, client_with_key: str, key: ECKey
) -> None:
    form = assertion(application, client_with_key, key)
    answer = application.nobody.send("POST", "/oauth/token", data=form)
    assert answer.status_code == 200
    assert check_both_layers(application, answer.json()["access_token"]) == (True, True)
    assert error(application, form) == "invalid_client"
    assert application.nobody.send(
        "POST",
        "/oauth/token",
        data=assertion(application, client_with_key, key, aud=f"{issuer(application)}/oauth/token"),
    ).is_success


def issuer(application: Application) -> str:
    found: str = application.app.state.resources.settings.issuer
    return found


@pytest.mark.parametrize(
    "over",
    [
        {"aud": "https://others"},
        {"aud": ["http://127.0.0.1:8000", "https://others"]},
        {"exp": 1},
        {"exp": int(time.time()) + 86_400},
        {"exp": "tomorrow"},
        {"exp": 1e300},
        {"exp": True},
        {"jti": 7},
        {"jti": None},
        {"iss": "others"},
        {"sub": "others"},
        {"sub": 7},
        {"nbf": int(time.time()) + 3600},
        {"header": {"kid": "../../etc/passwd"}},
    ],
)
def test_a_signature_under_something_else_is_no_proof(
    application: Application, client_with_key: str, key: ECKey, over: dict[str, Any]
) -> None:
    assert (
        error(application, assertion(application, client_with_key, key, **over)) == "invalid_client"
    )


def test_only_the_registered_key_is_a_proof(
    application: Application, client_with_key: str, key: ECKey
) -> None:
    stranger = ECKey.generate_key("P-256")
    assert error(
        application, assertion(application, client_with_key, stranger, header={"kid": key.kid})
    ) == ("invalid_client")
    assert (
        error(application, assertion(application, client_with_key, stranger, header={}))
        == "invalid_client"
    )
    assert error(application, assertion(application, "unknown", key)) == "invalid_client"
    rsa = RSAKey.generate_key(2048)
    by_rs = give_client(application, Role.VIEWER, keys={"keys": [rsa.as_dict(private=False)]})
    assert (
        error(application, assertion(application, by_rs, rsa, alg="RS256", header={}))
        == "invalid_client"
    )
    good = assertion(application, by_rs, rsa, alg="PS256", header={})
    assert application.nobody.send("POST", "/oauth/token", data=good).is_success


def test_the_public_key_is_no_shared_secret(
    application: Application, client_with_key: str, key: ECKey
) -> None:
    claims: dict[str, Any] = {
        "iss": client_with_key,
        "sub": client_with_key,
        "aud": issuer(application),
        "jti": uuid4().hex,
    }
    claims |= {"exp": int(time.time()) + 60}
    form = assertion(application, client_with_key, key)
    for secret in (key.as_pem(private=False), json.dumps(key.as_dict(private=False)).encode()):
        text = f"{part({'alg': 'HS256', 'kid': key.kid})}.{part(claims)}"
        signed = f"{text}.{part(hmac.digest(secret, text.encode(), 'sha256'))}"
        assert error(application, form | {"client_assertion": signed}) == "invalid_client"
    unsigned = f"{part({'alg': 'none'})}.{part(claims)}."
    assert error(application, form | {"client_assertion": unsigned}) == "invalid_client"
    surrogate = f"{part({'alg': 'ES256'})}.{part(claims | {'sub': chr(0xD800)})}.AAAA"
    assert error(application, form | {"client_assertion": surrogate}) == "invalid_client"
    for broken in (
        "",
        "a.b.c",
        "x" * 9000,
        form["client_assertion"][:-4],
        "e30.W10.",
        build_nested_token(),
    ):
        assert error(application, form | {"client_assertion": broken}) == "invalid_client"


def build_nested_token() -> str:
    deep = base64.urlsafe_b64encode(b"[" * 2500).decode().rstrip("=")
    return f"eyJhbGciOiJFUzI1NiJ9.{deep}.AAAA"


def test_clients_of_people_do_not_come_in_by_a_stolen_name(application: Application) -> None:
    app = App.of(application)
    code = app.sign_in("v" * 43)["code"]
    assert app.redeem(code, "v" * 43, client_id="").json()["error"] == "invalid_client"
