"""The identity provider outside, by settings: OpenID Connect, code with PKCE, nothing believed."""

import time
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from app.domain.login.claims import ExternalIdentity, check_claims
from app.domain.login.errors import ProviderDown, ProviderRefused

ALGORITHMS = ["RS256", "ES256"]
KEYS_TTL = 3600  # seconds that what the provider says of itself is believed
KEYS_RELOADED_AFTER = 60  # an unknown key may be new; not more often than this
MAX_BYTES = 262_144
TIMEOUT = httpx.Timeout(5, connect=3)
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
FAILURES = (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError, AttributeError)


@dataclass(slots=True)
class Provider:
    """An external provider, contacted at its issuer's host only."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    labels: dict[str, str]
    trusts_factors: bool = False
    _about: dict[str, Any] = field(default_factory=dict)
    _keys: KeySet | None = None
    _about_at: float = 0
    _keys_at: float = 0

    async def address(self, *, returns_to: str, state: str, nonce: str, verifier: str) -> str:
        """Return the URL where a person signs in."""
        about = await self._discover()
        address: str = prepare_grant_uri(
            about["authorization_endpoint"], self.client_id, "code", redirect_uri=returns_to,
            scope="openid", state=state, nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier), code_challenge_method="S256",
        )  # fmt: skip
        return address

    async def verify_identity(
        self, code: str, *, returns_to: str, nonce: str, verifier: str
    ) -> ExternalIdentity:
        """Whom a code stands for: its id token is ours, fresh, whole, and signed by them."""
        about = await self._discover()
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": returns_to,
            "code_verifier": verifier,
        }  # fmt: skip
        auth = (self.client_id, self.client_secret)
        token = await self._fetch("POST", about["token_endpoint"], data=form, auth=auth)
        claims = await self._claims(token.get("id_token"))
        found = check_claims(claims, issuer=self.issuer, client_id=self.client_id, nonce=nonce)
        return found if self.trusts_factors else replace(found, many_factors=False)

    async def _claims(self, token: Any) -> dict[str, Any]:
        if not isinstance(token, str):
            raise ProviderRefused()
        keys = await self._load_keys()
        try:
            try:
                return jwt.decode(token, keys, ALGORITHMS).claims
            except InvalidKeyIdError:
                keys = await self._load_keys(again=True)
                return jwt.decode(token, keys, ALGORITHMS).claims
        except (JoseError, ValueError) as error:
            raise ProviderRefused() from error

    async def _discover(self) -> dict[str, Any]:
        if time.monotonic() - self._about_at > KEYS_TTL or not self._about:
            place = self.issuer.rstrip("/") + "/.well-known/openid-configuration"
            about = await self._fetch("GET", place)
            if about.get("issuer") != self.issuer or not all(map(self._check_issuer, _ends(about))):
                raise ProviderDown()
            self._about, self._about_at = about, time.monotonic()
        return self._about

    async def _load_keys(self, *, again: bool = False) -> KeySet:
        age = time.monotonic() - self._keys_at
        if self._keys is None or age > (KEYS_RELOADED_AFTER if again else KEYS_TTL):
            found = await self._fetch("GET", (await self._discover())["jwks_uri"])
            try:
                self._keys, self._keys_at = KeySet.import_key_set(found), time.monotonic()  # type: ignore[arg-type]
            except (JoseError, *FAILURES) as error:
                raise ProviderDown() from error
        return self._keys

    def _check_issuer(self, address: Any) -> bool:
        """Return whether a URL is at the issuer's host: no other is contacted."""
        return isinstance(address, str) and urlsplit(address)[:2] == urlsplit(self.issuer)[:2]

    async def _fetch(self, method: str, address: str, **more: Any) -> dict[str, Any]:
        """Ask the provider for JSON: not long, not much, and led nowhere else."""
        try:
            async with (
                httpx.AsyncClient(timeout=TIMEOUT, trust_env=False) as client,
                client.stream(method, address, **more) as answer,
            ):
                told = await _body(answer)
        except FAILURES as error:
            raise ProviderDown() from error
        if 400 <= answer.status_code < 500 and method == "POST":
            raise ProviderRefused()
        if answer.status_code != 200 or not isinstance(told, dict):
            raise ProviderDown()
        return told


async def _body(answer: httpx.Response) -> Any:
    content = b""
    async for part in answer.aiter_bytes():
        content += part
        if len(content) > MAX_BYTES:
            raise ValueError("More than a provider has to say.")
    return orjson.loads(content) if answer.status_code == 200 else None


def _ends(about: dict[str, Any]) -> list[Any]:
    return [about.get(name) for name in ENDPOINTS]
