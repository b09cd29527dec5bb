"""A client that proves who it is by its own key (RFC 7523): each assertion is taken once."""

import time
from datetime import UTC, datetime
from typing import Any

from authlib.oauth2.rfc6749 import InvalidClientError
from authlib.oauth2.rfc7523 import JWTBearerClientAssertion
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from app.domain.oauth import queries
from app.domain.oauth.clients import OAuthClient
from app.domain.oauth.rules import digest
from app.domain.oauth.tokens import OAuthContext

ALGORITHMS = ["ES256", "PS256"]
LONGEST, LATEST, LEEWAY = 8192, 600, 30
NOBODYS = {"keys": [ECKey.generate_key("P-256").as_dict(private=False)]}
WRONG = (JoseError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


class PrivateKeyJwtAuth(JWTBearerClientAssertion):  # type: ignore[misc]
    """private_key_jwt, as strict as FAPI wants it."""

    CLIENT_AUTH_METHOD = "private_key_jwt"

    def __init__(self, context: OAuthContext) -> None:
        super().__init__(leeway=LEEWAY)
        self.context = context

    def __call__(self, query_client: Any, request: Any) -> OAuthClient | None:
        if len(request.form.get("client_assertion", "")) > LONGEST:
            raise InvalidClientError()
        try:
            party: OAuthClient | None = super().__call__(query_client, request)
        except (*WRONG, ArithmeticError) as error:
            raise InvalidClientError() from error
        return party

    def get_audiences(self) -> list[str]:
        issuer = self.context.settings.issuer
        return [issuer, f"{issuer}/oauth/token"]

    def resolve_client_public_key(self, client: OAuthClient) -> KeySet:
        keys: Any = (client.row and client.row.keys) or NOBODYS
        return KeySet.import_key_set(keys)

    def process_assertion_claims(self, assertion: str, resolve_key: KeySet) -> Any:
        """Only by the algorithms we know: the library would take others that fit the key."""
        claims = jwt.decode(assertion, resolve_key, algorithms=ALGORITHMS).claims
        self.verify_claims(claims)
        return claims

    def verify_claims(self, claims: Any) -> None:
        """An audience of several, or a life of hours, would serve who overhears it."""
        lasts = type(claims["exp"]) is int and claims["exp"] <= time.time() + LATEST
        if not lasts or not isinstance(claims["aud"], str) or not isinstance(claims["jti"], str):
            raise InvalidClientError()
        super().verify_claims(claims)

    def validate_jti(self, claims: Any, jti: str) -> bool:
        until = datetime.fromtimestamp(claims["exp"] + LEEWAY, UTC)
        return queries.spend_assertion(self.context.db, digest(f"{claims['sub']} {jti}"), until)
