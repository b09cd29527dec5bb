"""Access tokens: the only file that knows python-jose, and the only one that says who asks."""

import base64
import hashlib
import json
import os
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jose import JWTError, jwk, jwt

from app.domain.actor import Actor, Level, Role
from app.domain.errors import Unauthenticated

ALGORITHM, TYPE = "ES256", "at+jwt"
LONGEST, LEEWAY = 4096, 5
REQUIRED = ("exp", "nbf", "iat", "iss", "aud", "sub", "jti")
# python-jose takes tokens that lack a claim unless each is required by name
OPTIONS = {f"require_{claim}": True for claim in REQUIRED} | {"leeway": LEEWAY}


class Tokens:
    """Issues and reads access tokens with the keys of this installation; the first key signs."""

    def __init__(self, keys: Sequence[Mapping[str, Any]], issuer: str, audience: str) -> None:
        self.issuer, self.audience = issuer, audience
        self._signing = dict(keys[0])
        self._public = {key["kid"]: jwk.construct(_public(key), ALGORITHM) for key in keys}
        self._verified = lru_cache(maxsize=10_000)(self._verify)

    @classmethod
    def from_file(cls, path: Path, issuer: str, audience: str, *, make: bool) -> "Tokens":
        """Read the private keys; in development they are made where there are none."""
        if make and not path.exists():
            _write(path, {"keys": [new_key()]})
        return cls(json.loads(path.read_text())["keys"], issuer, audience)

    def issue(self, actor: Actor, *, minutes: int, now: float | None = None) -> str:
        """A signed token that says who asks and in which roles; it holds no personal data."""
        start = int(now or time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "sub": actor.subject,
            "client_id": actor.client,
            "sid": str(actor.session),
            "ver": actor.session_version,
            "jti": str(uuid4()),
            "iat": start,
            "nbf": start,
            "exp": start + minutes * 60,
            "roles": sorted(actor.roles),
            "unit": str(actor.unit_id),
            "level": actor.level.value,
            "scope": " ".join(sorted(actor.permissions)),
            "purpose": list(actor.purposes),
        }
        head = {"kid": self._signing["kid"], "typ": TYPE}
        token: str = jwt.encode(claims, self._signing, ALGORITHM, headers=head)
        return token

    def actor(self, token: str) -> Actor:
        """Who this token speaks for; refused unless every part of it is right."""
        if len(token) > LONGEST:
            raise Unauthenticated()
        actor, expires = self._verified(token)
        if expires + LEEWAY < time.time():
            raise Unauthenticated()
        return actor

    def _verify(self, token: str) -> tuple[Actor, float]:
        try:
            head = jwt.get_unverified_header(token)
            if set(head) != {"alg", "kid", "typ"} or head["typ"] != TYPE:
                raise JWTError("Another kind of token.")
            key = self._public[head["kid"]]
            claims = jwt.decode(
                token,
                key,
                algorithms=[ALGORITHM],
                audience=self.audience,
                issuer=self.issuer,
                options=OPTIONS,
            )
            return _actor(claims), float(claims["exp"])
        except (JWTError, KeyError, ValueError, TypeError, AttributeError) as error:
            raise Unauthenticated() from error

    def public_keys(self) -> dict[str, Any]:
        """The JWK set by which others may check our tokens."""
        return {
            "keys": [{**_plain(key.to_dict()), "kid": kid} for kid, key in self._public.items()]
        }


def _actor(claims: Mapping[str, Any]) -> Actor:
    if claims["iat"] > time.time() + LEEWAY or not isinstance(claims["roles"], list):
        raise ValueError("Issued in the future, or for no role.")
    return Actor(
        subject=claims["sub"],
        roles=frozenset(Role(role) for role in claims["roles"]),
        level=Level(claims["level"]),
        unit_id=UUID(claims["unit"]),
        client=claims["client_id"],
        purposes=tuple(claims["purpose"]),
        session=UUID(claims["sid"]),
        session_version=_whole(claims["ver"]),
    )


def _whole(number: Any) -> int:
    if type(number) is not int:
        raise ValueError("Not a whole number.")
    return number


def new_key() -> dict[str, Any]:
    """A fresh private key, named by its own thumbprint (RFC 7638)."""
    made = ec.generate_private_key(ec.SECP256R1())
    pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    key = _plain(jwk.construct(pem, ALGORITHM).to_dict())
    told = json.dumps({n: key[n] for n in ("crv", "kty", "x", "y")}, separators=(",", ":"))
    digest = hashlib.sha256(told.encode()).digest()
    return {**key, "kid": base64.urlsafe_b64encode(digest).decode().rstrip("=")}


def _plain(key: Mapping[str, Any]) -> dict[str, Any]:
    return {n: v.decode() if isinstance(v, bytes) else v for n, v in key.items()}


def _public(key: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in key.items() if name != "d"}


def _write(path: Path, content: Any) -> None:
    """Write a secret so that only its owner can read it, and never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.touch(0o600)
    part.write_text(json.dumps(content))
    part.rename(path)
