"""Clients, people and codes, as an administrator and a sign-in would make them."""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
from authlib.oauth2.rfc7523 import private_key_jwt_sign
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc.jwk import ECKey, RSAKey
from sqlalchemy import update

from app.db.base import now
from app.db.session import Session, execute
from app.db.tables.auth import Account, AuthSession, Client, ClientKind, Grant
from app.domain.actor import Role
from app.domain.auth.client_secrets import hash_secret
from app.domain.oauth.authorization import issue_code, parse_authorization_request
from tests.application import VIET_NAM, Application, Caller, runner

BACK = "https://app.example/back?from=here"
CREDENTIALS = {"grant_type": "client_credentials"}


def run(application: Application, act: Any) -> Any:
    """Do something in a transaction of the application."""

    async def inside() -> Any:
        async with application.behind() as session:
            return await act(session)

    return runner().run(inside())


async def _grant(session: Session, roles: tuple[Role, ...], **holder: Any) -> None:
    session.add_all(Grant(role=role, unit_id=VIET_NAM, purposes=["p"], **holder) for role in roles)


def give_client(
    application: Application, *roles: Role, kind: ClientKind = ClientKind.CONFIDENTIAL,
    secret: str | None = None, keys: Any = None, back: list[str] | None = None,
) -> str:  # fmt: skip
    """A client, by name."""
    name = f"client-{uuid4().hex[:10]}"

    async def give(session: Session) -> None:
        row = Client(
            client_id=name, name="x", kind=kind, unit_id=VIET_NAM, keys=keys,
            secret_hash=secret and hash_secret(secret), redirect_uris=back or [],
        )  # fmt: skip
        session.add(row)
        await session.flush()
        await _grant(session, roles, client_id=row.id)

    run(application, give)
    return name


def give_person(application: Application, *roles: Role) -> UUID:
    """Somebody who can sign in."""

    async def give(session: Session) -> UUID:
        row = Account(login=uuid4().hex, name="x", unit_id=VIET_NAM)
        session.add(row)
        await session.flush()
        await _grant(session, roles, account_id=row.id)
        return row.id

    id: UUID = run(application, give)
    return id


def change(application: Application, statement: Any) -> Any:
    """Run one statement, as an administrator's deed would."""

    async def act(session: Session) -> Any:
        return await execute(session, statement)

    return run(application, act)


def put(application: Application, column: Any, value: Any, **values: Any) -> None:
    """Change the rows in which a column has a value."""
    change(application, update(column.class_).where(column == value).values(**values))


@dataclass
class App:
    """A public application in a person's hands."""

    application: Application
    client_id: str
    person: UUID

    @classmethod
    def of(cls, application: Application, *roles: Role) -> Self:
        client = give_client(application, kind=ClientKind.PUBLIC, back=[BACK])
        return cls(application, client, give_person(application, *(roles or (Role.VIEWER,))))

    def question(self, verifier: str, **more: str) -> dict[str, str]:
        return {
            "response_type": "code", "client_id": self.client_id, "redirect_uri": BACK,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256", "state": "a b&c",
        } | more  # fmt: skip

    def sign_in(self, verifier: str, **more: str) -> dict[str, str]:
        """Return the parameters that the browser brings back after the sign-in."""

        async def act(session: Session) -> str:
            settings = self.application.app.state.resources.settings
            asked = await parse_authorization_request(
                session, settings, self.question(verifier, **more)
            )
            return await issue_code(
                session, settings, asked, account_id=self.person, unit_id=VIET_NAM,
                methods=["pwd", "otp"], signed_in_at=now(), scope=asked.scope,
            )  # fmt: skip

        found = parse_qs(urlsplit(run(self.application, act)).query)
        return {name: values[0] for name, values in found.items()}

    def redeem(self, code: str, verifier: str, **more: str) -> httpx.Response:
        return self.ask(
            grant_type="authorization_code", code=code, code_verifier=verifier, redirect_uri=BACK,
            **more,
        )  # fmt: skip

    def refresh(self, token: str, **more: str) -> httpx.Response:
        return self.ask(grant_type="refresh_token", refresh_token=token, **more)

    def ask(self, **form: str) -> httpx.Response:
        data = {"client_id": self.client_id} | form
        return self.application.nobody.send("POST", "/oauth/token", data=data)

    def enter(self, **more: str) -> dict[str, Any]:
        """Tokens, by the whole way."""
        verifier = secrets.token_urlsafe(48)
        code = self.sign_in(verifier, **more)["code"]
        answer = self.redeem(code, verifier)
        assert answer.status_code == 200, answer.text
        tokens: dict[str, Any] = answer.json()
        return tokens

    def session_of(self, access: str) -> AuthSession:
        actor = self.application.app.state.resources.tokens.actor(access)

        async def find(session: Session) -> Any:
            return await session.get(AuthSession, actor.session)

        found: AuthSession = run(self.application, find)
        return found


def bearer(application: Application, token: str) -> Caller:
    return Caller(application, {"authorization": f"Bearer {token}"})


def check_both_layers(application: Application, token: str) -> tuple[bool, bool]:
    """Return whether a token opens REST, and whether it opens GraphQL."""
    caller = bearer(application, token)
    rest = caller.get("/api/v1/model-types").status_code
    graphql = caller.query("{ modelTypes { nodes { id } } }").status_code
    assert {rest, graphql} <= {200, 401}
    return rest == 200, graphql == 200


def assertion(
    application: Application, client: str, key: ECKey | RSAKey, **over: Any
) -> dict[str, str]:
    """A client's own signature under who it is."""
    issuer = over.pop("aud", application.app.state.resources.settings.issuer)
    head = over.pop("header", {"kid": key.kid})
    claims = {"jti": uuid4().hex, "exp": int(time.time()) + 60} | over
    alg = over.pop("alg", "ES256")
    signed = private_key_jwt_sign(key, client, issuer, alg=alg, claims=claims, header=dict(head))
    kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    return CREDENTIALS | {"client_assertion_type": kind, "client_assertion": signed}


def later(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)
