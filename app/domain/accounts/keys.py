"""Public keys by which a client proves who it is: checked when they come, never a private part."""

import base64
import binascii
from typing import Annotated, Self

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pydantic import Field, model_validator

from app.domain.records.schemas import StrictInput

MIN_RSA_BITS = 2048
Part = Annotated[str, Field(min_length=1, max_length=1400, pattern=r"^[A-Za-z0-9_-]+$")]


class PublicKey(StrictInput):
    """A public JWK: an EC key on P-256, or an RSA key of at least 2048 bits."""

    kty: Annotated[str, Field(pattern="^(EC|RSA)$")]
    kid: Annotated[str, Field(min_length=1, max_length=100)]
    use: Annotated[str, Field(pattern="^sig$")] = "sig"
    alg: Annotated[str | None, Field(pattern="^(ES256|RS256|PS256)$")] = None
    crv: Annotated[str | None, Field(pattern="^P-256$")] = None
    x: Part | None = None
    y: Part | None = None
    n: Part | None = None
    e: Part | None = None

    @model_validator(mode="after")
    def _is_a_key(self) -> Self:
        try:
            return self._check_curve() if self.kty == "EC" else self._check_rsa()
        except binascii.Error as error:
            raise ValueError("a part of the key is not base64url") from error

    def _check_curve(self) -> Self:
        if not (self.crv and self.x and self.y) or self.n or self.e:
            raise ValueError("an EC key has crv, x and y")
        if self.alg not in (None, "ES256"):
            raise ValueError("a key on P-256 signs ES256")
        x, y = _number(self.x), _number(self.y)
        ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        return self

    def _check_rsa(self) -> Self:
        if not (self.n and self.e) or self.crv or self.x or self.y:
            raise ValueError("an RSA key has n and e")
        if self.alg == "ES256":
            raise ValueError("an RSA key signs RS256 or PS256")
        n, e = _number(self.n), _number(self.e)
        if n.bit_length() < MIN_RSA_BITS or n % 2 == 0 or e < 65537:
            raise ValueError(f"an RSA key has {MIN_RSA_BITS} bits or more, and an e from 65537")
        rsa.RSAPublicNumbers(e, n).public_key()
        return self


def _number(part: str) -> int:
    padded = part + "=" * (-len(part) % 4)
    return int.from_bytes(base64.urlsafe_b64decode(padded), "big")
