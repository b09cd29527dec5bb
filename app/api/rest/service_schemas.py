"""Answers about the server itself: health, errors, keys and metadata, for OpenAPI."""

from typing import Literal

from pydantic import BaseModel


class Liveness(BaseModel):
    """A process that runs."""

    status: Literal["live"]


class Readiness(BaseModel):
    """A server that can serve requests."""

    status: Literal["ready"]
    worker: Literal["running", "waiting", "off"]


class ErrorKind(BaseModel):
    """One kind of error that a client may meet."""

    code: str
    status: int
    description: str


class ErrorCatalogue(BaseModel):
    """Every kind of error, by code."""

    items: list[ErrorKind]
    next: None


class JsonWebKey(BaseModel):
    """A public key that signs access tokens (RFC 7517)."""

    kty: str
    use: str | None = None
    alg: str
    kid: str
    crv: str
    x: str
    y: str


class KeySet(BaseModel):
    """The public keys that sign access tokens."""

    keys: list[JsonWebKey]


class ServerMetadata(BaseModel):
    """Metadata of the authorization server (RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    revocation_endpoint: str
    introspection_endpoint: str
    jwks_uri: str
    scopes_supported: list[str]
    response_types_supported: list[str]
    grant_types_supported: list[str]
    code_challenge_methods_supported: list[str]
    authorization_response_iss_parameter_supported: bool
    token_endpoint_auth_methods_supported: list[str]
    token_endpoint_auth_signing_alg_values_supported: list[str]
    revocation_endpoint_auth_methods_supported: list[str]
    revocation_endpoint_auth_signing_alg_values_supported: list[str]
    introspection_endpoint_auth_methods_supported: list[str]
    introspection_endpoint_auth_signing_alg_values_supported: list[str]
