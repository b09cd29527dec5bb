"""Authorization server metadata (RFC 8414)."""

from typing import Any

from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from app.domain.actor import Permission
from app.domain.oauth.client_assertion import ALGORITHMS
from app.domain.oauth.grants import METHODS, SECRETS
from app.settings import Settings


def metadata(settings: Settings) -> dict[str, Any]:
    """Return the endpoints and what each accepts."""
    site = settings.issuer
    told: dict[str, Any] = AuthorizationServerMetadata(
        issuer=site,
        authorization_endpoint=f"{site}/oauth/authorize",
        token_endpoint=f"{site}/oauth/token",
        revocation_endpoint=f"{site}/oauth/revoke",
        introspection_endpoint=f"{site}/oauth/introspect",
        jwks_uri=f"{site}/.well-known/jwks.json",
        scopes_supported=sorted(Permission),
        response_types_supported=["code"],
        grant_types_supported=["authorization_code", "client_credentials", "refresh_token"],
        code_challenge_methods_supported=["S256"],
        authorization_response_iss_parameter_supported=True,
        **_proofs("token", METHODS),
        **_proofs("revocation", METHODS),
        **_proofs("introspection", SECRETS),
    )
    return told


def _proofs(endpoint: str, methods: list[str]) -> dict[str, list[str]]:
    return {
        f"{endpoint}_endpoint_auth_methods_supported": methods,
        f"{endpoint}_endpoint_auth_signing_alg_values_supported": ALGORITHMS,
    }
