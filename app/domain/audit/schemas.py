"""Inputs and results of verifications of the audit's chain."""

from datetime import datetime
from typing import Annotated, Any, NewType
from uuid import UUID

from pydantic import BaseModel, Field

from app.domain.audit.verification import What
from app.domain.records.schemas import StrictInput
from app.domain.records.types import LINE, NUMBER

Place = NewType("Place", int)  # in the chain; it needs more than 32 bits, which GraphQL must know
Position = Annotated[Place, Field(ge=1, le=2**53), NUMBER]


class PublishedHead(StrictInput):
    """A head that was stored outside: the chain must still reach it."""

    position: Position
    head: Annotated[str, Field(pattern="^[0-9a-f]{64}$"), LINE]


class VerificationInput(StrictInput):
    """The part of the chain to verify: all of it by default."""

    from_position: Position | None = None
    to_position: Position | None = None
    published: PublishedHead | None = None


class AuditFault(BaseModel):
    """One fault of the chain."""

    what: What
    position: Place | None
    entry_id: UUID | None


class Verification(BaseModel):
    """The verified part of the chain and its faults: all are counted, the first listed."""

    from_position: Place
    to_position: Place
    entries: int
    seals: int
    found: int
    faults: list[AuditFault]


class AuditHead(BaseModel):
    """A signed head of the chain; anyone who stores it can later detect a cut."""

    position: Place
    entries: int
    head: str
    sealed_at: datetime
    key_id: str
    signature: str


class AuditKey(BaseModel):
    """A public key of the audit, an Ed25519 JWK."""

    kty: str
    crv: str
    kid: str
    x: str


class AuditHeads(BaseModel):
    """The public keys of the audit, and the last heads, newest first."""

    keys: list[AuditKey]
    heads: list[AuditHead]
    waiting: int


def to_head(seal: Any) -> AuditHead:
    """Return a seal in its published form."""
    return AuditHead(
        position=Place(seal.position), entries=seal.entries, head=seal.head.hex(),
        sealed_at=seal.sealed_at, key_id=seal.key_id, signature=seal.signature.hex(),
    )  # fmt: skip
