"""Proofs of receipt: whether we gave one out, and whether what it proves is counted still."""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from app.db.session import Session
from app.db.tables.tip_parts import CountedEvent
from app.domain.deadlines.days import day_of
from app.domain.tips.counter import queries, signing
from app.domain.tips.counter.schemas import ProofFound
from app.domain.tips.protecting.keys import TipKeys

VERSION = 1
MARK = b"binhyen tip"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof says; of the tip itself only a digest that nobody can guess back."""

    authority: str
    received_on: date
    leaf: bytes
    position: int
    head: bytes

    @classmethod
    def of(cls, said: dict[str, Any]) -> "Proof":
        """What was signed, as a proof; ValueError or LookupError where it is something else."""
        digest, nonce = bytes.fromhex(said["sha256"]), base64.b64decode(said["nonce"])
        leaf, position = bytes.fromhex(said["leaf"]), said["position"]
        if said["v"] != VERSION or leaf != leaf_of(nonce, digest) or type(position) is not int:
            raise ValueError("another kind of proof")
        received = day_of(datetime.fromisoformat(said["received_at"]))
        return cls(str(said["authority"]), received, leaf, position, bytes.fromhex(said["head"]))


def leaf_of(nonce: bytes, digest: bytes) -> bytes:
    """By what a tip is in the counter; only who has its proof knows that it is this one."""
    return sha256(MARK + nonce + digest).digest()


async def look_at(session: Session, keys: TipKeys, token: str) -> ProofFound:
    """Say of a proof whether it is ours, and whether the counter has it where it was put."""
    said = signing.told(keys, token)
    try:
        proof = Proof.of(said) if said else None
    except (ValueError, LookupError, TypeError):
        proof = None
    if proof is None:
        return ProofFound(genuine=False, counted=False)
    link = await queries.link_of(session, proof.leaf)
    counted = link is not None and (link.position, link.hash, link.event) == (
        proof.position, proof.head, CountedEvent.RECEIVED,
    )  # fmt: skip
    return ProofFound(
        genuine=True, counted=counted, authority=proof.authority,
        received_on=proof.received_on, position=proof.position,
    )  # fmt: skip
