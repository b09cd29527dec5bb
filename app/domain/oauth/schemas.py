"""Schemas of the token endpoints, for the contract."""

from typing import Any

from pydantic import BaseModel


class TokenAnswer(BaseModel):
    """RFC 6749, 5.1."""

    access_token: str
    token_type: str = "Bearer"
    expires_in: int
    scope: str
    refresh_token: str | None = None


class Refused(BaseModel):
    """RFC 6749, 5.2."""

    error: str
    error_description: str


class Introspected(BaseModel):
    """RFC 7662, 2.2; of a token that is dead or another's, `active` alone."""

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
