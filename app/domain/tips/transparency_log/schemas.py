"""Schemas of the public counter and of proofs of receipt."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.records.schemas import StrictInput

MAX_PROOF = 4_096


class ProofWords(StrictInput):
    """A proof of receipt, as it was given out with a tip."""

    proof: Annotated[str, Field(min_length=1, max_length=MAX_PROOF)]


class ProofFound(BaseModel):
    """Whether we gave a proof out, and whether what it proves is in the counter still."""

    genuine: bool
    counted: bool
    authority: str | None = None
    received_on: date | None = None
    position: int | None = None


class Head(BaseModel):
    """Where the counter stood when a day began, signed."""

    position: int
    hash: str
    signed_at: date
    signature: str


class CounterMonth(BaseModel):
    """What was counted in a month; what is null is not told."""

    month: date
    received: int | None
    answered_in_time: int | None
    late: int | None
    suppressed: bool


class Counter(BaseModel):
    """The public counter: its head, and the months of a unit that are over."""

    head: Head
    months: list[CounterMonth]


class ProofKey(BaseModel):
    """A public key that proofs and heads are signed with (RFC 8037)."""

    kty: str = "OKP"
    crv: str = "Ed25519"
    use: str = "sig"
    alg: str = "EdDSA"
    kid: str
    x: str


class ProofKeys(BaseModel):
    """All of them."""

    keys: list[ProofKey]
