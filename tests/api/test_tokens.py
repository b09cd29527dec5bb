"""Tokens: what is let in, and all that is not."""

import base64
import json
import time
from typing import Any
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from jose import jwt

from app.demo.programme_models import national_actor
from app.domain.accounts import clients, grants
from app.domain.accounts.schemas import ClientCreate, GrantCreate
from app.domain.actor import Actor, Level, Role
from app.domain.auth.keys import new_key
from app.domain.auth.tokens import Tokens
from app.domain.errors import Unauthenticated
from tests.application import VIET_NAM, Application, runner

KEY = new_key()
TOKENS = Tokens([KEY], "http://issuer", "binhyen")
ACTOR = Actor(
    "somebody",
    frozenset({Role.VIEWER}),
    Level.NATIONAL,
    VIET_NAM,
    session=uuid4(),
    session_version=1,
)


def claims(**over: Any) -> dict[str, Any]:
    good = jwt.get_unverified_claims(TOKENS.issue(ACTOR, minutes=10))
    return {name: value for name, value in (good | over).items() if value is not None}


def sign_token(body: dict[str, Any], key: Any = KEY, alg: str = "ES256", **head: Any) -> str:
    header = {"kid": KEY["kid"], "typ": "at+jwt"} | head
    token: str = jwt.encode(body, key, alg, headers=header)
    return token


def bare(head: dict[str, Any], body: dict[str, Any], signature: bytes = b"") -> str:
    def part(value: bytes) -> str:
        return base64.urlsafe_b64encode(value).decode().rstrip("=")

    return ".".join([*(part(json.dumps(x).encode()) for x in (head, body)), part(signature)])


def test_a_good_token_says_who_asks() -> None:
    assert TOKENS.actor(TOKENS.issue(ACTOR, minutes=10)) == ACTOR
    assert TOKENS.actor(sign_token(claims())) == ACTOR


PUBLIC = json.dumps({name: value for name, value in KEY.items() if name != "d"})
STRANGER = {**new_key(), "kid": KEY["kid"]}
WRONG = {
    "empty": "",
    "not a token": "abc",
    "three dots": "a.b.c",
    "no algorithm": bare({"alg": "none", "typ": "at+jwt", "kid": KEY["kid"]}, claims()),
    "HS256 with the public key": sign_token(claims(), PUBLIC, "HS256"),
    "another's key": sign_token(claims(), STRANGER),
    "unknown kid": sign_token(claims(), kid="../../etc/passwd"),
    "kid as SQL": sign_token(claims(), kid="' OR 1=1 --"),
    "no kid": bare({"alg": "ES256", "typ": "at+jwt"}, claims()),
    "own key brought along": sign_token(claims(), STRANGER, jwk={"kty": "EC"}),
    "key by address": sign_token(claims(), STRANGER, jku="http://127.0.0.1/keys"),
    "critical extension": sign_token(claims(), crit=["b64"]),
    "another kind": sign_token(claims(), typ="JWT"),
    "another audience": sign_token(claims(aud="others")),
    "another issuer": sign_token(claims(iss="http://others")),
    "expired": sign_token(claims(exp=int(time.time()) - 60)),
    "not yet": sign_token(claims(nbf=int(time.time()) + 600)),
    "issued in the future": sign_token(claims(iat=int(time.time()) + 600)),
    "unknown role": sign_token(claims(roles=["king"])),
    "role as text": sign_token(claims(roles="viewer")),
    "unknown level": sign_token(claims(level="galaxy")),
    "unit that is no id": sign_token(claims(unit="19")),
    "session that is no id": sign_token(claims(sid="1")),
    "version as text": sign_token(claims(ver="1")),
    "version that is true": sign_token(claims(ver=True)),
    "exp as text": sign_token(claims(exp="tomorrow")),
    "too long": sign_token(claims(scope="x" * 9000)),
} | {
    f"no {name}": sign_token(claims(**{name: None}))
    for name in (
        "exp",
        "nbf",
        "iat",
        "iss",
        "aud",
        "sub",
        "jti",
        "roles",
        "unit",
        "level",
        "sid",
        "ver",
    )
}


@pytest.mark.parametrize("token", WRONG.values(), ids=WRONG.keys())
def test_nothing_else_gets_in(token: str) -> None:
    with pytest.raises(Unauthenticated):
        TOKENS.actor(token)


def test_a_token_that_was_good_ends_when_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    token = TOKENS.issue(ACTOR, minutes=1)
    assert TOKENS.actor(token) == ACTOR
    later = time.time() + 120
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(Unauthenticated):
        TOKENS.actor(token)


def test_a_second_key_is_read_while_the_first_signs() -> None:
    fresh = new_key()
    both = Tokens([fresh, KEY], "http://issuer", "binhyen")
    assert both.actor(TOKENS.issue(ACTOR, minutes=1)) == ACTOR
    assert {key["kid"] for key in both.public_keys()["keys"]} == {fresh["kid"], KEY["kid"]}
    assert all("d" not in key for key in both.public_keys()["keys"])


def test_own_keys_are_on_the_curve_we_sign_with() -> None:
    assert (KEY["crv"], KEY["kty"]) == (ec.SECP256R1.name.replace("secp256r1", "P-256"), "EC")


@pytest.fixture(scope="module")
def registration(atlas: Application) -> tuple[str, str]:
    """A registered client and its secret."""
    name = f"client-{uuid4().hex[:8]}"
    data = ClientCreate(client_id=name, name="x", unit=str(VIET_NAM))

    async def register() -> str:
        async with atlas.app.state.resources.database.write_transaction() as session:
            actor = await national_actor(session, Role.UNIT_ADMIN)
            made = await clients.register_client(session, actor, data)
            wanted = GrantCreate(client_id=made.id, role=Role.VIEWER, unit=str(VIET_NAM))
            await grants.grant_role(session, actor, wanted)
            return made.client_secret or ""

    return name, runner().run(register())


class TestClients:
    def ask(self, atlas: Application, **form: str) -> httpx.Response:
        return atlas.nobody.send("POST", "/oauth/token", data=form)

    def test_a_client_gets_a_token_that_opens_its_units(
        self, atlas: Application, registration: tuple[str, str]
    ) -> None:
        answer = atlas.nobody.send(
            "POST",
            "/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=registration,
        )
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
        token = {"authorization": f"Bearer {answer.json()['access_token']}"}
        me = atlas.nobody.send("GET", "/api/v1/me", headers=token).json()
        assert (me["client"], me["roles"], me["level"]) == (
            registration[0],
            ["viewer"],
            "national",
        )

    @pytest.mark.parametrize(
        ("secret", "name", "grant", "status", "error"),
        [
            ("wrong", None, "client_credentials", 401, "invalid_client"),
            (None, "unknown-client", "client_credentials", 401, "invalid_client"),
            (None, None, "password", 400, "unsupported_grant_type"),
            (None, None, "", 400, "unsupported_grant_type"),
        ],
    )
    def test_refusals(
        self, atlas: Application, registration: tuple[str, str], secret: Any, name: Any, grant: str,
        status: int, error: str,
    ) -> None:  # fmt: skip
        answer = self.ask(
            atlas,
            grant_type=grant,
            client_id=name or registration[0],
            client_secret=secret or registration[1],
        )
        assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_wrong_token_touches_no_database(
    application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    touched = []

    async def fetch(*_: Any) -> bytes:
        touched.append(1)
        return b"{}"

    monkeypatch.setattr("app.db.query.executor.PoolExecutor.fetch", fetch)
    for token in WRONG.values():
        headers = {"authorization": f"Bearer {token}"}
        for method, path in (("GET", "/api/v1/units"), ("POST", "/graphql")):
            body = {"query": "{ units { nodes { id } } }"} if method == "POST" else None
            answer = application.nobody.send(method, path, headers=headers, json=body)
            assert answer.status_code == 401
    assert touched == []
