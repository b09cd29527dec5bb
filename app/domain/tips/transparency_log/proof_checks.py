"""Checks of proofs of receipt: whether one was issued here, and whether it is counted still."""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.db.session import Session
from app.db.tables.tip_parts import CountedEvent
from app.domain.deadlines.days import day_of
from app.domain.tips.crypto.keys import TipKeys
from app.domain.tips.transparency_log import queries, signatures
from app.domain.tips.transparency_log.leaves import hash_leaf
from app.domain.tips.transparency_log.schemas import ProofResult

VERSION = 1


@dataclass(frozen=True, slots=True)
class Proof:
    """The claims of a proof; of the tip itself only a digest that nobody can guess back."""

    authority: str
    received_on: date
    leaf: bytes
    position: int
    head: bytes

    @classmethod
    def from_claims(cls, claims: dict[str, Any]) -> "Proof":
        """Read signed claims; raise ValueError or LookupError where they are something else."""
        digest, nonce = bytes.fromhex(claims["sha256"]), base64.b64decode(claims["nonce"])
        leaf, position = bytes.fromhex(claims["leaf"]), claims["position"]
        if claims["v"] != VERSION or leaf != hash_leaf(nonce, digest) or type(position) is not int:
            raise ValueError("another kind of proof")
        received = day_of(datetime.fromisoformat(claims["received_at"]))
        return cls(
            str(claims["authority"]), received, leaf, position, bytes.fromhex(claims["head"])
        )


async def check_proof(session: Session, keys: TipKeys, token: str) -> ProofResult:
    """Check whether a proof was issued here, and whether the log has it at its position."""
    claims = signatures.verify(keys, token)
    try:
        proof = Proof.from_claims(claims) if claims else None
    except (ValueError, LookupError, TypeError):
        proof = None
    if proof is None:
        return ProofResult(genuine=False, counted=False)
    link = await queries.find_by_leaf(session, proof.leaf)
    counted = link is not None and (link.position, link.hash, link.event) == (
        proof.position, proof.head, CountedEvent.RECEIVED,
    )  # fmt: skip
    return ProofResult(
        genuine=True, counted=counted, authority=proof.authority,
        received_on=proof.received_on, position=proof.position,
    )  # fmt: skip
