"""From the request of an application to the code it is answered with; the sign-in is between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from authlib.common.urls import add_params_to_uri
from authlib.oauth2 import OAuth2Error

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import AuthorizationCode, AuthSession, Client
from app.domain.oauth import queries
from app.domain.oauth.consent import unopened_scopes
from app.domain.oauth.errors import AuthorizationRefused, RedirectedError
from app.domain.oauth.requests import TokenRequest
from app.domain.oauth.rules import digest, new_secret
from app.domain.oauth.server import OAuthServer
from app.domain.oauth.tokens import OAuthContext
from app.domain.records import kit as records
from app.settings import Settings

MAX_STATE_LENGTH = {"state": 1000, "nonce": 300, "scope": 4000}


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """A valid authorization request of an application."""

    client: Client
    redirect_uri: str
    scope: str  # "" asks for all that the roles give
    challenge: str
    state: str | None = None
    nonce: str | None = None


async def parse_authorization_request(
    session: Session, settings: Settings, params: Mapping[str, str] | Sequence[tuple[str, str]]
) -> AuthorizationRequest:
    """Check an authorization request; refused on our page, or to where the client is known to be.

    `params` are best given as pairs, as they came: one that is repeated is refused.
    """
    pairs = tuple(params.items() if isinstance(params, Mapping) else params)
    asking = TokenRequest("GET", pairs)
    if asking.has_duplicates:
        raise AuthorizationRefused(reason="a parameter is repeated")
    for name, value in pairs:
        if not value.isprintable() or len(value) > MAX_STATE_LENGTH.get(name, 2000):
            raise AuthorizationRefused(reason="a parameter is too long or cannot be printed")
    return await queries.run_sync(
        session, lambda db: _parse(OAuthServer(OAuthContext(session, db, settings)), asking)
    )


def _parse(server: OAuthServer, asking: TokenRequest) -> AuthorizationRequest:
    try:
        grant = server.get_consent_grant(asking)
    except OAuth2Error as error:
        if error.redirect_uri:
            raise RedirectedError(error.error, error.redirect_uri, error.state) from error
        raise AuthorizationRefused(reason=error.error) from error
    except ValueError as error:  # the library will not quote what it found
        raise AuthorizationRefused(reason="invalid_request") from error
    given = dict(asking.pairs)
    client: Client = grant.client.row
    if unopened_scopes(client, grant.request.scope):
        raise RedirectedError("invalid_scope", grant.redirect_uri, given.get("state"))
    return AuthorizationRequest(
        client=client,
        redirect_uri=grant.redirect_uri,
        scope=grant.request.scope,
        challenge=given["code_challenge"],
        state=given.get("state"),
        nonce=given.get("nonce"),
    )


async def issue_code(
    session: Session, settings: Settings, request: AuthorizationRequest, *, account_id: UUID,
    unit_id: UUID, methods: Sequence[str], signed_in_at: datetime, scope: str,
) -> str:  # fmt: skip
    """Issue a code for what a person has consented to; return the URL that carries it."""
    until = now() + timedelta(seconds=settings.code_seconds)
    held = AuthSession(
        account_id=account_id, client_id=request.client.id, unit_id=unit_id, scope=scope,
        methods=list(methods), signed_in_at=signed_in_at, expires_at=until,
        created_by=str(account_id), changed_by=str(account_id),
    )  # fmt: skip
    code = new_secret()
    given = AuthorizationCode(
        code_hash=digest(code), session_id=held.id, redirect_uri=request.redirect_uri,
        challenge=request.challenge, nonce=request.nonce, expires_at=until,
    )  # fmt: skip
    await records.write(session, held, given)
    return success_redirect(request.redirect_uri, request.state, settings.issuer, code=code)


def success_redirect(redirect_uri: str, state: str | None, issuer: str, **answer: str) -> str:
    """An answer to an application, by way of the browser; it says who answers (RFC 9207)."""
    said = {**answer, **({"state": state} if state else {}), "iss": issuer}
    address: str = add_params_to_uri(redirect_uri, list(said.items()))
    return address


def error_redirect(error: RedirectedError, issuer: str) -> str:
    """A refusal to an application, by way of the browser."""
    return success_redirect(error.redirect_uri, error.state, issuer, error=error.error)
