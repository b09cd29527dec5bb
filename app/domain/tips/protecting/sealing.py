"""Envelopes: a content under a key of its own, and that key sealed for each who may open it.

The content is AES-256-GCM, the keys are HPKE (RFC 9180, X25519). Each seal is bound to the place
where it belongs, so that it opens nowhere else, and is padded, so that its size tells little.
"""

import base64
import os
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
BUCKET, LENGTH, NONCE = 512, struct.Struct(">L"), 12
INFORMANT = "informant"  # by this name a seal is kept for whoever holds the receipt
Recipients = Mapping[str, X25519PublicKey]


class SealBroken(Exception):
    """This is no seal of ours, not for this place, or not for this key."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A content nobody can read, and its key for each recipient by name."""

    sealed: bytes
    keys: dict[str, str]


def seal(content: bytes, recipients: Recipients, place: str, *, padded: bool = True) -> Sealed:
    """Seal a content for these recipients, for one place such as `tip_text|<id>`."""
    key = AESGCM.generate_key(256)
    told = _padded(content) if padded else content
    sealed = locked(key, told, place)
    keys = {name: _sealed_key(key, public, name, place) for name, public in recipients.items()}
    return Sealed(sealed, keys)


def opened(
    sealed: bytes, keys: Mapping[str, str], name: str, private: X25519PrivateKey, place: str,
    *, padded: bool = True,
) -> bytes:  # fmt: skip
    """The content of a seal, for one of its recipients."""
    if name not in keys:
        raise SealBroken("not for this key")
    try:
        key = HPKE.decrypt(base64.b64decode(keys[name]), private, info=_info(name, place))
        told = unlocked(key, sealed, place)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("does not open") from error
    return _unpadded(told) if padded else told


def locked(key: bytes, content: bytes, place: str) -> bytes:
    """A content under a key that somebody holds already."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, place.encode())


def unlocked(key: bytes, sealed: bytes, place: str) -> bytes:
    """What was locked under this key, for this place."""
    try:
        return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise SealBroken("does not open") from error


def place_of(table: str, id: UUID) -> str:
    """The place that a seal belongs to: one row of one table."""
    return f"{table}|{id}"


def _sealed_key(key: bytes, public: X25519PublicKey, name: str, place: str) -> str:
    return base64.b64encode(HPKE.encrypt(key, public, info=_info(name, place))).decode()


def _info(name: str, place: str) -> bytes:
    return f"binhyen|{place}|{name}".encode()


def _padded(content: bytes) -> bytes:
    told = LENGTH.pack(len(content)) + content
    return told + bytes(-len(told) % BUCKET)


def _unpadded(told: bytes) -> bytes:
    (length,) = LENGTH.unpack_from(told)
    if length > len(told) - LENGTH.size:
        raise SealBroken("too short")
    return told[LENGTH.size :][:length]
