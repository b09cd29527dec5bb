"""Requests of the person that a case is about: for a copy, a correction, or an objection."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.db.base import text_enum
from app.db.tables.reintegration import of_case, sealed_bytes, sealed_keys
from app.db.tables.reintegration_parts import CaseEntry


class PersonRequestKind(StrEnum):
    """Kind of a request that a person makes about their data."""

    COPY = "copy"
    CORRECTION = "correction"
    OBJECTION = "objection"


class PersonRequestAnswer(StrEnum):
    """Answer to a request of a person."""

    GRANTED = "granted"
    PARTLY_GRANTED = "partly_granted"
    REFUSED = "refused"


class ReintegrationRequest(CaseEntry, table=True):
    """A request of the person, and the answer to it."""

    __tablename__ = "reintegration_request"
    __table_args__ = (
        Index("ix_reintegration_request_case_id_id", "case_id", "id"),
        CheckConstraint("(answer IS NULL) = (answered_on IS NULL)", name="answer_has_date"),
        CheckConstraint("answered_on >= received_on", name="answered_after_receipt"),
    )

    case_id: UUID = Field(sa_column=of_case())
    kind: PersonRequestKind = Field(sa_type=text_enum(PersonRequestKind))
    received_on: date
    answer: PersonRequestAnswer | None = Field(default=None, sa_type=text_enum(PersonRequestAnswer))
    answered_on: date | None = None
    sealed: bytes = Field(sa_column=sealed_bytes())
    keys: dict[str, str] = Field(sa_column=sealed_keys())
