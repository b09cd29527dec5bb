"""Access tokens: the only file that knows python-jose, and the only one that says who asks."""

import re
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import structlog
from jose import JOSEError, JWTError, jwk, jwt

from app.domain.actor import Actor
from app.domain.auth import claims as claims_of
from app.domain.auth import keys as files
from app.domain.auth.claims import LEEWAY
from app.domain.errors import Unauthenticated

ALGORITHM, TYPE = "ES256", "at+jwt"
LONGEST = 8192
LOOK_EVERY = 1.0  # seconds between looks at the key file
REQUIRED = ("exp", "nbf", "iat", "iss", "aud", "sub", "jti")
# python-jose takes tokens that lack a claim unless each is required by name
OPTIONS = {f"require_{claim}": True for claim in REQUIRED} | {"leeway": LEEWAY}
# RecursionError and ArithmeticError: JSON nested a thousand deep, a number as large as infinity
WRONG = (JOSEError, LookupError, ValueError, TypeError, AttributeError, RecursionError)
# the three parts as we write them: base64 leaves room for other spellings of the same signature
SPELT = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{85}[AQgw]")
LOG = structlog.get_logger()


class Tokens:
    """Issues and reads access tokens with the keys of this installation; the first key signs."""

    def __init__(self, keys: Sequence[Mapping[str, Any]], issuer: str, audience: str) -> None:
        self.issuer, self.audience = issuer, audience
        self._file: Path | None = None
        self._mark: files.FileVersion | None = None
        self._next = 0.0  # when to look at the file again
        self._take(keys)

    @classmethod
    def from_file(cls, path: Path, issuer: str, audience: str, *, make: bool) -> "Tokens":
        """Read the private keys; in development they are made where there are none."""
        if make and not path.exists():
            files.write_keys(path, [files.new_key()])
        mark = files.file_version(path)
        tokens = cls(files.read_keys(path), issuer, audience)
        tokens._file, tokens._mark = path, mark
        return tokens

    def issue(self, actor: Actor, *, minutes: int, now: float | None = None) -> str:
        """A signed token that says who asks and in which roles; it holds no personal data."""
        self._look()
        start = int(now or time.time())
        claims = {
            "iss": self.issuer,
            "aud": self.audience,
            "jti": str(uuid4()),
            "iat": start,
            "nbf": start,
            "exp": start + minutes * 60,
            **claims_of.build_claims(actor),
        }
        head = {"kid": self._signing["kid"], "typ": TYPE}
        token: str = jwt.encode(claims, self._signing_key, ALGORITHM, headers=head)
        return token

    def actor(self, token: str) -> Actor:
        """Return the actor of a token; refuse it unless every part is valid."""
        return self.read(token)[0]

    def read(self, token: str) -> tuple[Actor, int]:
        """Return the actor of a token and its expiry."""
        if len(token) > LONGEST or not SPELT.fullmatch(token):
            raise Unauthenticated()
        self._look()
        actor, expires = self._verified(token)
        if expires + LEEWAY < time.time():
            raise Unauthenticated()
        return actor, expires

    def public_keys(self) -> dict[str, Any]:
        """The JWK set by which others may check our tokens."""
        self._look()
        return {
            "keys": [{**_plain(key.to_dict()), "kid": kid} for kid, key in self._public.items()]
        }

    def _verify(self, token: str) -> tuple[Actor, int]:
        try:
            head = jwt.get_unverified_header(token)
            if set(head) != {"alg", "kid", "typ"} or head["typ"] != TYPE:
                raise JWTError("Another kind of token.")
            claims = jwt.decode(
                token,
                self._key(head["kid"]),
                algorithms=[ALGORITHM],
                audience=self.audience,
                issuer=self.issuer,
                options=OPTIONS,
            )
            claims_of.reject_duplicates(token)
            return claims_of.actor_of(claims), claims_of.parse_whole(claims["exp"])
        except (*WRONG, ArithmeticError) as error:
            raise Unauthenticated() from error

    def _key(self, kid: str) -> Any:
        """The key of this name. A name nobody knows costs a look at the file, never a reading."""
        if kid not in self._public:
            self._look(at_once=True)
        return self._public[kid]

    def _look(self, *, at_once: bool = False) -> None:
        """Reload the keys if the file has changed; an unreadable file changes nothing."""
        moment = time.monotonic()
        if self._file is None or (moment < self._next and not at_once):
            return
        self._next = moment + LOOK_EVERY
        mark = files.file_version(self._file)
        if mark == self._mark:
            return
        self._mark = mark
        try:
            self._take(files.read_keys(self._file))
        except (OSError, *WRONG):
            LOG.warning("signing_keys_unreadable", exc_info=True)

    def _take(self, keys: Sequence[Mapping[str, Any]]) -> None:
        public = {key["kid"]: jwk.construct(_public(key), ALGORITHM) for key in keys}
        self._signing, self._public = dict(keys[0]), public
        self._signing_key = jwk.construct(self._signing, ALGORITHM)
        # a key that is gone takes with it all that was believed by it
        self._verified = lru_cache(maxsize=10_000)(self._verify)


def _plain(key: Mapping[str, Any]) -> dict[str, Any]:
    return {n: v.decode() if isinstance(v, bytes) else v for n, v in key.items()}


def _public(key: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in key.items() if name not in files.PRIVATE}
