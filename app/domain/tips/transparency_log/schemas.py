"""Schemas of the public counter and of proofs of receipt."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.records.schemas import StrictInput
from app.domain.records.types import LINE

MAX_PROOF = 4_096


class ProofInput(StrictInput):
    """A proof of receipt."""

    proof: Annotated[str, Field(min_length=1, max_length=MAX_PROOF), LINE]


class ProofResult(BaseModel):
    """Result of a proof: whether it is genuine, and its tip is still in the transparency log."""

    genuine: bool
    counted: bool
    authority: str | None = None
    received_on: date | None = None
    position: int | None = None
    inclusion: str | None = None


class Head(BaseModel):
    """Signed head of the transparency log at the beginning of a day."""

    position: int
    hash: str
    signed_at: date
    signature: str


class CounterMonth(BaseModel):
    """Figures of a month; null figures are suppressed."""

    month: date
    received: int | None
    answered_in_time: int | None
    late: int | None
    suppressed: bool


class Counter(BaseModel):
    """The public transparency log: its head, and the closed months of a unit."""

    head: Head
    months: list[CounterMonth]


class ProofKey(BaseModel):
    """A public key for proofs and heads (RFC 8037)."""

    kty: str = "OKP"
    crv: str = "Ed25519"
    use: str = "sig"
    alg: str = "EdDSA"
    kid: str
    x: str


class ProofKeys(BaseModel):
    """Public keys for proofs and heads."""

    keys: list[ProofKey]
