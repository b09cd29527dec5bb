"""Proofs of receipt: that this authority received a text, when, and where it is counted.

A proof states neither the text nor the unit. The nonce shows to those who have the text that it is
meant; the leaf shows to those who have the proof that it was counted.
"""

import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from app.domain.tips.crypto.keys import TipKeys
from app.domain.tips.transparency_log.append import LogEntry
from app.domain.tips.transparency_log.leaves import hash_leaf
from app.domain.tips.transparency_log.signatures import sign

NONCE = 32
INCLUSION, RECEIPT = 1, 2  # versions of the claims: with a position in the log, and without


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment to a text that does not reveal it."""

    nonce: bytes
    digest: bytes

    @classmethod
    def to(cls, text: str) -> "Commitment":
        """Commit to a text."""
        nonce = secrets.token_bytes(NONCE)
        return cls(nonce, sha256(nonce + text.encode()).digest())

    @property
    def leaf(self) -> bytes:
        """The leaf by which the log counts it."""
        return hash_leaf(self.nonce, self.digest)


def issue_proof(keys: TipKeys, authority: str, at: datetime, what: Commitment) -> str:
    """Sign a proof of receipt; its time, to the second, is known to the informant alone.

    It does not say where it is counted: consecutive positions, drawn by a tip a minute, would show
    how many others came between.
    """
    claims = {
        "v": RECEIPT,
        "authority": authority,
        "received_at": at.replace(microsecond=0).isoformat(),
        "sha256": what.digest.hex(),
        "nonce": b64encode(what.nonce).decode(),
        "leaf": what.leaf.hex(),
    }
    return sign(keys, claims)


def issue_inclusion(keys: TipKeys, receipt: Mapping[str, Any], entry: LogEntry) -> str:
    """Sign where a proven receipt is counted, once the day is over."""
    where = {"v": INCLUSION, "position": entry.position, "head": entry.head.hex()}
    return sign(keys, {**receipt, **where})
