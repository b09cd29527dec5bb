"""Public keys by which a client proves who it is: checked when they come, never a private part."""

import base64
import binascii
from typing import Annotated, Self

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pydantic import Field, model_validator

from app.domain.records.schemas import StrictInput
from app.domain.records.types import LINE
from app.domain.values import InvalidValue

MIN_RSA_BITS = 2048
Part = Annotated[str, Field(min_length=1, max_length=1400, pattern=r"^[A-Za-z0-9_-]+$"), LINE]


class PublicKey(StrictInput):
    """A public JWK: an EC key on P-256, or an RSA key of at least 2048 bits."""

    kty: Annotated[str, Field(pattern="^(EC|RSA)$"), LINE]
    kid: Annotated[str, Field(min_length=1, max_length=100), LINE]
    use: Annotated[str, Field(pattern="^sig$"), LINE] = "sig"
    alg: Annotated[str, Field(pattern="^(ES256|RS256|PS256)$"), LINE] | None = None
    crv: Annotated[str, Field(pattern="^P-256$"), LINE] | None = None
    x: Part | None = None
    y: Part | None = None
    n: Part | None = None
    e: Part | None = None

    @model_validator(mode="after")
    def _is_a_key(self) -> Self:
        try:
            return self._check_curve() if self.kty == "EC" else self._check_rsa()
        except InvalidValue:
            raise
        except binascii.Error as error:
            raise InvalidValue(
                "key_not_base64",
                "A part of the key is not base64url.",
                "Có phần của khóa không phải base64url.",
            ) from error
        except ValueError as error:  # as the library says it, in English only
            en, vi = (
                "These numbers are no key of this kind.",
                "Các số này không phải khóa loại này.",
            )
            raise InvalidValue("not_a_key", en, vi) from error

    def _check_curve(self) -> Self:
        if not (self.crv and self.x and self.y) or self.n or self.e:
            raise InvalidValue(
                "key_incomplete", "An EC key has crv, x and y.", "Khóa EC cần có crv, x và y."
            )
        if self.alg not in (None, "ES256"):
            raise InvalidValue(
                "key_algorithm", "A key on P-256 signs ES256.", "Khóa trên P-256 ký bằng ES256."
            )
        x, y = _number(self.x), _number(self.y)
        ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
        return self

    def _check_rsa(self) -> Self:
        if not (self.n and self.e) or self.crv or self.x or self.y:
            raise InvalidValue(
                "key_incomplete", "An RSA key has n and e.", "Khóa RSA cần có n và e."
            )
        if self.alg == "ES256":
            raise InvalidValue(
                "key_algorithm",
                "An RSA key signs RS256 or PS256.",
                "Khóa RSA ký bằng RS256 hoặc PS256.",
            )
        n, e = _number(self.n), _number(self.e)
        if n.bit_length() < MIN_RSA_BITS or n % 2 == 0 or e < 65537:
            raise InvalidValue(
                "key_too_weak",
                f"An RSA key has {MIN_RSA_BITS} bits or more, and an e from 65537.",
                f"Khóa RSA cần ít nhất {MIN_RSA_BITS} bit và e từ 65537.",
                bound=MIN_RSA_BITS,
            )
        rsa.RSAPublicNumbers(e, n).public_key()
        return self


def _number(part: str) -> int:
    padded = part + "=" * (-len(part) % 4)
    return int.from_bytes(base64.urlsafe_b64decode(padded), "big")
