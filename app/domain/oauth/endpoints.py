"""Token revocation (RFC 7009) and introspection (RFC 7662), for a client's own tokens."""

from dataclasses import dataclass
from typing import Any, ClassVar

from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint

from app.db.base import now
from app.db.tables.auth import AuthSession
from app.domain.errors import Unauthenticated
from app.domain.oauth import queries
from app.domain.oauth.clients import OAuthClient
from app.domain.oauth.grants import METHODS, SECRETS
from app.domain.oauth.rules import digest
from app.domain.oauth.session_end import end_session
from app.domain.oauth.tokens import ALL, OAuthContext


@dataclass(frozen=True, slots=True)
class KnownToken:
    """A token that is known, whichever kind it is."""

    held: AuthSession
    access: bool
    expires: int
    scope: str
    subject: str
    client: str
    used: bool = False

    def check_client(self, client: OAuthClient) -> bool:
        return self.held.client_id == client.id

    def is_expired(self) -> bool:
        return min(self.expires, self.held.expires_at.timestamp()) <= now().timestamp()

    def is_revoked(self) -> bool:
        return self.used or self.held.ended_at is not None


def find_token(context: OAuthContext, token: str) -> KnownToken | None:
    """A token by what it is: the hint of a client is not needed, and not believed."""
    assert context.tokens is not None, "this context can read tokens"
    try:
        actor, until = context.tokens.read(token)
    except Unauthenticated:
        return _refresh_token(context, token)
    assert actor.session is not None, "a token that reads names one"
    held = queries.lock_session(context.db, actor.session, version=actor.session_version)
    if held is None:
        return None
    scope = " ".join(sorted(actor.permissions))
    return KnownToken(held, True, until, scope, actor.subject, actor.client)


def _refresh_token(context: OAuthContext, token: str) -> KnownToken | None:
    held = queries.session_of_refresh(context.db, digest(token))
    row = held and queries.find_refresh_token(context.db, digest(token))
    client = held and queries.find_session_client(context.db, held)
    if not held or not row or not client:
        return None
    until = int(row.expires_at.timestamp())
    subject = str(held.account_id)
    used = row.used_at is not None
    return KnownToken(held, False, until, held.scope or ALL, subject, client.client_id, used)


class TokenRevocationEndpoint(RevocationEndpoint):  # type: ignore[misc]
    """A refresh token takes its session along; an access token only those of its age."""

    CLIENT_AUTH_METHODS: ClassVar = METHODS

    def check_params(self, request: Any, client: OAuthClient) -> None:
        _needs_token(request)

    def query_token(self, token_string: str, token_type_hint: str | None) -> KnownToken | None:
        return find_token(self.server.context, token_string)

    def revoke_token(self, token: KnownToken, request: Any) -> None:
        if token.access:
            token.held.version += 1
        else:
            end_session(self.server.context, token.held, "revoked")


class TokenIntrospectionEndpoint(IntrospectionEndpoint):  # type: ignore[misc]
    """A client learns of its own tokens only; of all others, that they are not active."""

    CLIENT_AUTH_METHODS: ClassVar = SECRETS

    def check_params(self, request: Any, client: OAuthClient) -> None:
        _needs_token(request)

    def query_token(self, token_string: str, token_type_hint: str | None) -> KnownToken | None:
        return find_token(self.server.context, token_string)

    def check_permission(self, token: KnownToken, client: OAuthClient, request: Any) -> bool:
        return token.check_client(client)

    def introspect_token(self, token: KnownToken) -> dict[str, Any]:
        settings = self.server.context.settings
        return {
            "scope": token.scope,
            "client_id": token.client,
            "token_type": "Bearer" if token.access else "refresh_token",
            "exp": token.expires,
            "sub": token.subject,
            "aud": settings.audience,
            "iss": settings.issuer,
        }


def _needs_token(request: Any) -> None:
    if not request.form.get("token"):
        raise InvalidRequestError()
