"""Columns that every kind of confidential record has: its parts, requests, offers and holds.

A kind's own tables inherit them and add the column by which they refer to their record; the terms
of retention of all kinds are one table.
"""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Index, Text
from sqlmodel import Field, SQLModel

from app.db.base import TIME, Row, UnitScoped, text_enum, uuid7


class ConfidentialRow(Row, UnitScoped):
    """A record that one unit holds, closes, and in time lets expire."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id")  # the unit that holds it now
    closed_on: date | None = None
    noticed_on: date | None = None  # when notice of expiry was given
    expires_on: date | None = None
    expired_on: date | None = None  # only counts are left


class SealedPart(SQLModel):
    """A content encrypted under its own key, and that key encrypted for each recipient."""

    sealed: bytes
    keys: dict[str, str]


class AssignmentRow(SQLModel):
    """A person who may read a record, since when and until when."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    subject: str
    assigned_by: str
    assigned_on: date
    ended_on: date | None = None


class IdentityRequestState(StrEnum):
    """State of a request to open an informant's identity."""

    REQUESTED = "requested"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class IdentityRequestRow(Row, UnitScoped):
    """A request to know a protected person: requester, reason, decision, number of openings."""

    unit_id: UUID = Field(foreign_key="unit.id")  # where the record lies
    requested_by: str
    requester_unit_id: UUID = Field(foreign_key="unit.id")
    reason: str = Field(max_length=2000)
    state: IdentityRequestState = Field(
        default=IdentityRequestState.REQUESTED, sa_type=text_enum(IdentityRequestState)
    )
    decided_by: str | None = None
    decider_unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    decided_at: datetime | None = Field(default=None, sa_type=TIME)
    decision: str | None = Field(default=None, max_length=2000)
    opens_until: datetime | None = Field(default=None, sa_type=TIME)
    views: int = 0
    first_opened_on: date | None = None


class TransferState(StrEnum):
    """State of an offer of a tip to another unit."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class TransferRow(Row, UnitScoped):
    """An offer of a record from one unit to another; it lies where it is offered to."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id")  # the unit it is offered to
    from_unit_id: UUID = Field(foreign_key="unit.id")
    state: TransferState = Field(default=TransferState.OFFERED, sa_type=text_enum(TransferState))
    shared: list[str] = Field(sa_type=ARRAY(Text))
    reason: str = Field(max_length=2000)
    offered_on: date
    answer: str | None = Field(default=None, max_length=2000)
    answered_on: date | None = None


class HoldRow(Row):
    """A document that keeps a record, whatever its term."""

    reason: str = Field(max_length=2000)
    document_id: UUID = Field(foreign_key="document.id")
    released_on: date | None = None
    release_reason: str | None = Field(default=None, max_length=2000)


class RetentionOf(StrEnum):
    """Data that a retention rule applies to."""

    TIP = "tip"  # words and files, counted from closing
    IDENTITY = "identity"  # contact details, counted from closing
    NOTICE = "notice"  # how long before expiry it is announced
    CASE = "case"  # all of a reintegration case, counted from closing
    MINOR_CASE = "minor_case"  # the same of people under 18


class RetentionRule(Row, table=True):
    """A retention term, in force for a period."""

    __tablename__ = "retention_rule"
    __table_args__ = (Index("uq_retention_rule_of_valid_from", "of", "valid_from", unique=True),)

    of: RetentionOf = Field(sa_type=text_enum(RetentionOf))
    valid_from: date
    months: int = 0
    days: int = 0
    basis: str = Field(max_length=1000)
    source: str = Field(max_length=300)
    certainty: str = Field(max_length=20)
