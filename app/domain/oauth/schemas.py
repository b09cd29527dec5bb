"""Schemas of the token endpoints, for the contract."""

from typing import Any

from pydantic import BaseModel


class TokenResponse(BaseModel):
    """Issued tokens (RFC 6749)."""

    access_token: str
    token_type: str = "Bearer"
    expires_in: int
    scope: str
    refresh_token: str | None = None


class OAuthError(BaseModel):
    """An error of the OAuth endpoints (RFC 6749)."""

    error: str
    error_description: str


class IntrospectionResponse(BaseModel):
    """State of a token (RFC 7662); `active` alone for invalid tokens and those of others."""

    active: bool
    scope: str | None = None
    client_id: str | None = None
    token_type: str | None = None
    exp: int | None = None
    sub: str | None = None
    aud: str | None = None
    iss: str | None = None


class Answer(BaseModel):
    """A protocol response, independent of the web framework."""

    status: int
    body: dict[str, Any]
