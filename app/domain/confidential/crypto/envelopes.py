"""Envelopes: a content under a key of its own, and that key encrypted for each recipient.

The content is AES-256-GCM, the keys are HPKE (RFC 9180, X25519). Each envelope is bound to a
context, the row it belongs to, so that it opens nowhere else, and is padded to hide its size.
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
Recipients = Mapping[str, X25519PublicKey]


class DecryptionFailed(Exception):
    """The bytes are no envelope of ours, or not for this context or this key."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A ciphertext, and its key encrypted for each recipient by name."""

    ciphertext: bytes
    keys: dict[str, str]


def encrypt(
    content: bytes, recipients: Recipients, context: str, *, padded: bool = True
) -> Envelope:
    """Encrypt a content for these recipients, within a context such as `tip_text|<id>`."""
    key = AESGCM.generate_key(256)
    ciphertext = encrypt_with_key(key, _pad(content) if padded else content, context)
    keys = {name: _wrap(key, public, name, context) for name, public in recipients.items()}
    return Envelope(ciphertext, keys)


def decrypt(
    ciphertext: bytes, keys: Mapping[str, str], name: str, private: X25519PrivateKey, context: str,
    *, padded: bool = True,
) -> bytes:  # fmt: skip
    """Decrypt an envelope as one of its recipients."""
    if name not in keys:
        raise DecryptionFailed("not for this key")
    try:
        key = HPKE.decrypt(base64.b64decode(keys[name]), private, info=_info(name, context))
        content = decrypt_with_key(key, ciphertext, context)
    except (InvalidTag, ValueError) as error:
        raise DecryptionFailed("does not open") from error
    return _unpad(content) if padded else content


def encrypt_with_key(key: bytes, content: bytes, context: str) -> bytes:
    """Encrypt a content under a symmetric key."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, context.encode())


def decrypt_with_key(key: bytes, ciphertext: bytes, context: str) -> bytes:
    """Decrypt a content under a symmetric key."""
    try:
        return AESGCM(key).decrypt(ciphertext[:NONCE], ciphertext[NONCE:], context.encode())
    except (InvalidTag, ValueError) as error:
        raise DecryptionFailed("does not open") from error


def row_context(table: str, id: UUID) -> str:
    """Name the context of an envelope: one row of one table."""
    return f"{table}|{id}"


def _wrap(key: bytes, public: X25519PublicKey, name: str, context: str) -> str:
    return base64.b64encode(HPKE.encrypt(key, public, info=_info(name, context))).decode()


def _info(name: str, context: str) -> bytes:
    return f"binhyen|{context}|{name}".encode()


def _pad(content: bytes) -> bytes:
    sized = LENGTH.pack(len(content)) + content
    return sized + bytes(-len(sized) % BUCKET)


def _unpad(padded: bytes) -> bytes:
    (length,) = LENGTH.unpack_from(padded)
    if length > len(padded) - LENGTH.size:
        raise DecryptionFailed("too short")
    return padded[LENGTH.size :][:length]
