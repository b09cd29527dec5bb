"""The proof of receipt: that this authority has received these words, when, and where it counted.

It tells neither the words nor the unit. Who has the words can show that they are meant, by the
nonce; who has the proof can show that it was counted, by the leaf.
"""

import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from app.domain.tips.counter.linking import Counted
from app.domain.tips.counter.signing import signed
from app.domain.tips.protecting.keys import TipKeys

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


def proof(keys: TipKeys, authority: str, at: datetime, what: Commitment, where: Counted) -> str:
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
    return signed(keys, told)
