"""Grants of access tokens: authorization code, refresh token, client credentials."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from authlib.oauth2.rfc6749 import InvalidRequestError, grants
from authlib.oauth2.rfc7636 import CodeChallenge

from app.db.base import now
from app.db.tables.auth import AuthorizationCode, AuthSession, RefreshToken
from app.domain.oauth import queries
from app.domain.oauth.clients import OAuthClient
from app.domain.oauth.rules import RefreshUse, classify_use, digest
from app.domain.oauth.session_end import end_session
from app.domain.oauth.tokens import ALL, SessionRef, save, session_end

S256_LENGTH = 43
SECRETS = ["private_key_jwt", "client_secret_basic", "client_secret_post"]
METHODS = [*SECRETS, "none"]


class S256Challenge(CodeChallenge):  # type: ignore[misc]
    """PKCE by S256, of everybody."""

    SUPPORTED_CODE_CHALLENGE_METHOD: ClassVar = ["S256"]

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        given = grant.request.payload.data
        if len(given.get("code_challenge", "")) != S256_LENGTH:
            raise InvalidRequestError("Needed: 'code_challenge' by S256.")
        if given.get("code_challenge_method") != "S256":
            raise InvalidRequestError("Needed: 'code_challenge_method' S256.")
        super().validate_code_challenge(grant, redirect_uri)

    def get_authorization_code_challenge(
        self, authorization_code: "AuthorizationCodeCredential"
    ) -> str:
        return authorization_code.row.challenge

    def get_authorization_code_challenge_method(
        self, authorization_code: "AuthorizationCodeCredential"
    ) -> str:
        return "S256"


@dataclass(frozen=True, slots=True)
class AuthorizationCodeCredential:
    """A code that is still good, and the session it opens."""

    row: AuthorizationCode
    held: AuthSession

    def get_redirect_uri(self) -> str:
        return self.row.redirect_uri

    def get_scope(self) -> str:
        return self.held.scope


class AuthorizationCodeGrant(grants.AuthorizationCodeGrant):  # type: ignore[misc]
    """A person's application brings the code that its browser was sent back with."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = METHODS

    def query_authorization_code(
        self, code: str, client: OAuthClient
    ) -> AuthorizationCodeCredential | None:
        context = self.server.context
        held = queries.session_of_code(context.db, digest(code))
        row = held and queries.find_code(context.db, digest(code))
        if not held or not row or held.client_id != client.id or held.ended_at:
            return None
        if row.used_at:
            end_session(context, held, "code_reused")
            return None
        return AuthorizationCodeCredential(row, held) if row.expires_at > now() else None

    def authenticate_user(self, authorization_code: AuthorizationCodeCredential) -> SessionRef:
        session_end(self.server.context, authorization_code.held)
        return SessionRef(authorization_code.held)

    def delete_authorization_code(self, authorization_code: AuthorizationCodeCredential) -> None:
        authorization_code.row.used_at = now()
        save(self.server.context, authorization_code.row)


@dataclass(frozen=True, slots=True)
class RefreshCredential:
    """A refresh token that may be exchanged, and those that its last exchange gave."""

    row: RefreshToken
    held: AuthSession
    successors: tuple[RefreshToken, ...]

    def check_client(self, client: OAuthClient) -> bool:
        return self.held.client_id == client.id

    def get_scope(self) -> str:
        return self.held.scope or ALL


class RefreshTokenGrant(grants.RefreshTokenGrant):  # type: ignore[misc]
    """A person's application brings its leaf, and gets the next one."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = METHODS
    INCLUDE_NEW_REFRESH_TOKEN = True

    def authenticate_refresh_token(self, refresh_token: str) -> RefreshCredential | None:
        context, name = self.server.context, digest(refresh_token)
        held = queries.session_of_refresh(context.db, name)
        row = held and queries.find_refresh_token(context.db, name)
        if not held or not row or held.client_id != self.client.id or held.ended_at:
            return None
        given = tuple(queries.list_successors(context.db, name))
        use = classify_use(
            row, given, now(), timedelta(seconds=context.settings.refresh_grace_seconds)
        )
        if use is RefreshUse.THEFT:
            end_session(context, held, "refresh_reused")
        in_time = min(row.expires_at, held.expires_at) > now()
        return (
            RefreshCredential(row, held, given)
            if in_time and use in (RefreshUse.FIRST, RefreshUse.RETRY)
            else None
        )

    def authenticate_user(self, refresh_token: RefreshCredential) -> SessionRef:
        return SessionRef(refresh_token.held, refresh_token.row.token_hash)

    def revoke_old_credential(self, refresh_token: RefreshCredential) -> None:
        """One leaf is left: the new one, not this, nor what this was exchanged for before."""
        for row in (refresh_token.row, *refresh_token.successors):
            row.used_at = row.used_at or now()
        save(self.server.context, refresh_token.row, *refresh_token.successors)


class ClientCredentialsGrant(grants.ClientCredentialsGrant):  # type: ignore[misc]
    """A system asks in its own name."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar = SECRETS


PEOPLE = (AuthorizationCodeGrant, [S256Challenge()])
