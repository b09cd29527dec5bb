"""Sealed parts of a tip: text, files, identities; and the receipt that opens them."""

from datetime import date
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.db.base import Row, place_indexes, text_enum
from app.db.tables.confidential import HoldRow, IdentityRequestRow, SealedPart
from app.db.tables.tips import of_tip


def _bytes() -> Column[bytes]:
    return Column(LargeBinary, nullable=False)


class TipReceipt(SQLModel, table=True):
    """The lookup digest of a receipt, and the informant's private key that only it opens."""

    __tablename__ = "tip_receipt"

    lookup: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    tip_id: UUID = Field(sa_column=of_tip(unique=True))
    public_key: bytes = Field(sa_column=_bytes())
    private_key: bytes = Field(sa_column=_bytes())


class TipText(SealedPart, table=True):
    """The text of a tip, its place and the units it must not reach."""

    __tablename__ = "tip_text"

    tip_id: UUID = Field(
        sa_column=Column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    )
    sealed: bytes = Field(sa_column=_bytes())
    keys: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))


class TipMessage(SealedPart, table=True):
    """A message between the informant and the unit, in either direction."""

    __tablename__ = "tip_message"
    __table_args__ = (Index("ix_tip_message_tip_id_number", "tip_id", "number", unique=True),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    tip_id: UUID = Field(sa_column=of_tip())
    number: int
    from_informant: bool
    sent_on: date
    sent_by: str | None = None  # the officer
    sealed: bytes = Field(sa_column=_bytes())
    keys: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))


class TipAttachment(SQLModel, table=True):
    """A file of an informant, without what cameras write into it; its content lies sealed."""

    __tablename__ = "tip_attachment"
    __table_args__ = (Index("ix_tip_attachment_tip_id", "tip_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    tip_id: UUID = Field(sa_column=of_tip())
    media_type: str = Field(max_length=60)
    size: int
    sha256: str = Field(max_length=64)  # of what is stored, which is sealed
    sent_on: date
    keys: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))


class TipRedaction(Row, table=True):
    """A span of a tip's text that is hidden, with the reason; the words are not repeated."""

    __tablename__ = "tip_redaction"
    __table_args__ = (Index("ix_tip_redaction_tip_id_id", "tip_id", "id"),)

    tip_id: UUID = Field(sa_column=of_tip())
    begin: int
    end: int
    reason: str = Field(max_length=500)
    permanent: bool = False  # the words are gone, from the seal as well


class TipLikeness(SQLModel, table=True):
    """A keyed sketch of a tip's words for similarity search; it holds no word."""

    __tablename__ = "tip_likeness"
    __table_args__ = (Index("ix_tip_likeness_place_value", "place", "value"),)

    tip_id: UUID = Field(
        sa_column=Column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    )
    place: int = Field(sa_column=Column(SmallInteger, primary_key=True))
    value: int = Field(sa_column=Column(BigInteger, nullable=False))


class TipIdentity(SealedPart, table=True):
    """The identity of an informant, encrypted for the custodians and for the informant."""

    __tablename__ = "tip_identity"

    tip_id: UUID = Field(
        sa_column=Column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    )
    sealed: bytes = Field(sa_column=_bytes())
    keys: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))


class IdentityRequest(IdentityRequestRow, table=True):
    """A request to open an informant's identity: requester, reason, decision, openings."""

    __tablename__ = "identity_request"
    __table_args__ = place_indexes(
        "identity_request",
        Index(
            "uq_identity_request_open", "tip_id", "requested_by", unique=True,
            postgresql_where=text("state IN ('requested', 'approved')"),
        ),
    )  # fmt: skip

    tip_id: UUID = Field(sa_column=of_tip())


class StoredReceipt(SQLModel, table=True):
    """The stored response to a tip that was sent with a key; only that key opens it."""

    __tablename__ = "kept_receipt"

    key_hash: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    fingerprint: bytes = Field(sa_column=_bytes())
    sealed: bytes = Field(sa_column=_bytes())
    tip_id: UUID = Field(sa_column=of_tip())
    expires_on: date


class SpentWork(SQLModel, table=True):
    """A proof of work that was used; its purpose is not stored."""

    __tablename__ = "spent_work"

    hash: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    expires_on: date


class LegalHold(HoldRow, table=True):
    """A legal hold: a document that suspends the retention term of a tip."""

    __tablename__ = "tip_hold"
    __table_args__ = (
        Index(
            "uq_tip_hold_live", "tip_id", unique=True,
            postgresql_where=text("released_on IS NULL"),
        ),
    )  # fmt: skip

    tip_id: UUID = Field(sa_column=of_tip())


class CountedEvent(StrEnum):
    """Event that the transparency log counts."""

    RECEIVED = "received"
    ANSWERED = "answered"
    LATE = "late"


class TipCount(SQLModel, table=True):
    """An entry of the transparency log: a tip received, answered in time or late; never which."""

    __tablename__ = "tip_count"

    position: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    event: CountedEvent = Field(sa_type=text_enum(CountedEvent))
    unit_id: UUID = Field(foreign_key="unit.id", index=True)  # a commune, or what is above it
    month: date
    day: date  # never disclosed: by it the head of a day is known on the next
    leaf: bytes = Field(sa_column=Column(LargeBinary, nullable=False, unique=True))
    hash: bytes = Field(sa_column=_bytes())
