"""The proof of receipt: that this authority has received these words, when, and where it counted.

It tells neither the words nor the unit. Who has the words can show that they are meant, by the
nonce; who has the proof can show that it was counted, by the leaf.
"""

import json
import secrets
import warnings
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc import jws
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import OKPKey

from app.domain.tips.counter.linking import Counted

ALGORITHM = "EdDSA"  # RFC 9864 would have it Ed25519, which few libraries know yet
LABEL, NONCE = b"binhyen tip", 32


@dataclass(frozen=True, slots=True)
class Commitment:
    """Words that are promised without being told."""

    nonce: bytes
    digest: bytes

    @classmethod
    def to(cls, text: str) -> "Commitment":
        nonce = secrets.token_bytes(NONCE)
        return cls(nonce, sha256(nonce + text.encode()).digest())

    @property
    def leaf(self) -> bytes:
        """By which the public counter counts it."""
        return sha256(LABEL + self.nonce + self.digest).digest()


def proof(
    key: Ed25519PrivateKey,
    name: str,
    authority: str,
    at: datetime,
    what: Commitment,
    where: Counted,
) -> str:
    """The proof of a receipt, signed; the time is the informant's own, and to the second."""
    told = {
        "v": 1,
        "authority": authority,
        "received_at": at.replace(microsecond=0).isoformat(),
        "sha256": what.digest.hex(),
        "nonce": b64encode(what.nonce).decode(),
        "leaf": what.leaf.hex(),
        "position": where.position,
        "head": where.head.hex(),
    }
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return signed(OKPKey.import_key(pem), name, told)


def signed(key: OKPKey, name: str, told: dict[str, Any]) -> str:
    """A compact JWS of what is told, by the key of this name."""
    head, body = {"alg": ALGORITHM, "kid": name}, json.dumps(told, separators=(",", ":"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        return jws.serialize_compact(head, body.encode(), key, algorithms=[ALGORITHM])


def verified(key: OKPKey, given: str) -> dict[str, Any] | None:
    """What a compact JWS tells, where this key has signed it; None for anything else."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SecurityWarning)
            found = jws.deserialize_compact(given, key, algorithms=[ALGORITHM])
        told = json.loads(found.payload)
    except (JoseError, ValueError, TypeError, RecursionError):
        return None
    return told if isinstance(told, dict) else None
