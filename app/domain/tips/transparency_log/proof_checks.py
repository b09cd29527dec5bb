"""Checks of proofs of receipt: whether one was issued here, and whether it is counted still."""

import base64
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.db.session import Session
from app.db.tables.tip_parts import CountedEvent, TipCount
from app.domain.deadlines.days import day_of, today
from app.domain.tips.crypto.keys import TipKeys
from app.domain.tips.transparency_log import queries, signatures
from app.domain.tips.transparency_log.append import LogEntry
from app.domain.tips.transparency_log.leaves import hash_leaf
from app.domain.tips.transparency_log.proof_tokens import INCLUSION, RECEIPT, issue_inclusion
from app.domain.tips.transparency_log.schemas import ProofResult


@dataclass(frozen=True, slots=True)
class Proof:
    """The claims of a proof; of the tip itself only a digest that nobody can guess back."""

    authority: str
    received_on: date
    leaf: bytes
    position: int | None
    head: bytes | None

    @classmethod
    def from_claims(cls, claims: dict[str, Any]) -> "Proof":
        """Read signed claims; raise ValueError or LookupError where they are something else."""
        digest, nonce = bytes.fromhex(claims["sha256"]), base64.b64decode(claims["nonce"])
        leaf, version = bytes.fromhex(claims["leaf"]), claims["v"]
        if version not in (RECEIPT, INCLUSION) or leaf != hash_leaf(nonce, digest):
            raise ValueError("another kind of proof")
        received = day_of(datetime.fromisoformat(claims["received_at"]))
        position, head = None, None
        if version == INCLUSION:
            position, head = claims["position"], bytes.fromhex(claims["head"])
            if type(position) is not int:
                raise ValueError("another kind of proof")
        return cls(str(claims["authority"]), received, leaf, position, head)

    def is_counted(self, link: TipCount | None) -> bool:
        """Return whether a link counts it: this very one, where it says its position."""
        if link is None or link.event != CountedEvent.RECEIVED:
            return False
        return self.head is None or (link.position, link.hash) == (self.position, self.head)


async def check_proof(session: Session, keys: TipKeys, token: str) -> ProofResult:
    """Check whether a proof was issued here, and whether the log has it at its position."""
    claims = signatures.verify(keys, token)
    try:
        proof = Proof.from_claims(claims) if claims else None
    except (ValueError, LookupError, TypeError):
        proof = None
    if proof is None or claims is None:
        return ProofResult(genuine=False, counted=False)
    link = await queries.find_by_leaf(session, proof.leaf)
    found = ProofResult(
        genuine=True, counted=proof.is_counted(link), authority=proof.authority,
        received_on=proof.received_on, position=proof.position,
    )  # fmt: skip
    if found.counted and proof.head is None and link and link.day < today():
        found.position = link.position
        found.inclusion = issue_inclusion(keys, claims, LogEntry(link.position, link.hash))
    return found
