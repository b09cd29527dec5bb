"""Reintegration cases: what is counted of them; who they are about is sealed beside them.

The row has a number that says nothing, and no name: it is what lists, the audit and followers see.
"""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.db.base import PLACE, text_enum
from app.db.tables.confidential import AssignmentRow, ConfidentialRow, SealedPart


class CaseBasis(StrEnum):
    """Why a person is helped back into the community (NĐ 49/2020, Luật Thi hành án hình sự)."""

    RELEASED = "released"
    AMNESTIED = "amnestied"
    SUSPENDED_SENTENCE = "suspended_sentence"
    NON_CUSTODIAL = "non_custodial"


class CaseState(StrEnum):
    """State of a reintegration case."""

    NOTIFIED = "notified"
    VERIFIED = "verified"
    INTAKE = "intake"
    SUPPORTING = "supporting"
    CLOSED = "closed"


class ClosingBasis(StrEnum):
    """One of six bases on which a case ends (TT 10/2024/TT-BCA, Đ.14)."""

    EXPUNGED = "expunged"
    MOVED = "moved"
    EMIGRATED = "emigrated"
    MISSING = "missing"
    DECEASED = "deceased"
    IMPRISONED_AGAIN = "imprisoned_again"


class CasePart(StrEnum):
    """The part that somebody has in a case."""

    LEAD = "lead"
    WORKER = "worker"
    HELPER = "helper"  # of HCD-06/07, named within three working days


def of_case(**more: Any) -> Any:
    """Rows that belong to a case and are deleted with it."""
    return Column(ForeignKey("reintegration_case.id", ondelete="CASCADE"), nullable=False, **more)


def sealed_bytes() -> Any:
    """Return the column of a content under the key of its case."""
    return Column(LargeBinary, nullable=False)


def sealed_keys() -> Any:
    """Return the column of the key of a content, encrypted for its case."""
    return Column(JSONB, nullable=False)


class ReintegrationCase(ConfidentialRow, table=True):
    """A case as its workers list it: no name, no address, no words."""

    __tablename__ = "reintegration_case"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_has_date"),
        CheckConstraint("(closed_on IS NULL) = (closing_basis IS NULL)", name="closed_has_basis"),
        CheckConstraint("closed_on >= notified_on", name="closed_after_notified"),
        CheckConstraint("episode BETWEEN 1 AND 99", name="episode_counted"),
        Index("uq_reintegration_case_case_number", "case_number", unique=True),
        Index("ix_reintegration_case_follows_id", "follows_id"),
        Index(
            "ix_reintegration_case_expires_on", "expires_on",
            postgresql_where=text("expired_on IS NULL"),
        ),
        *(
            Index(f"ix_reintegration_case_{place}_notified_on_id", place, "notified_on", "id")
            for place in (*PLACE, "unit_id")
        ),
    )  # fmt: skip

    case_number: str = Field(max_length=20)
    basis: CaseBasis = Field(sa_type=text_enum(CaseBasis))
    state: CaseState = Field(default=CaseState.NOTIFIED, sa_type=text_enum(CaseState))
    closing_basis: ClosingBasis | None = Field(default=None, sa_type=text_enum(ClosingBasis))
    notified_on: date
    released_on: date
    is_minor: bool = Field(  # under 18 on that day; the day of birth stands nowhere
        default=False, sa_column_kwargs={"server_default": text("false")}
    )
    episode: int = 1  # of several returns; a new return is a new case that follows the former
    follows_id: UUID | None = Field(
        default=None,
        sa_column=Column(ForeignKey("reintegration_case.id", ondelete="SET NULL"), nullable=True),
    )


class ReintegrationAssignment(AssignmentRow, table=True):
    """The part of a person in a case for a period; without one nobody reads it."""

    __tablename__ = "reintegration_assignment"
    __table_args__ = (
        Index(
            "uq_reintegration_assignment_live", "case_id", "subject",
            unique=True, postgresql_where=text("ended_on IS NULL"),
        ),
        Index("ix_reintegration_assignment_subject", "subject"),
    )  # fmt: skip

    case_id: UUID = Field(sa_column=of_case())
    part: CasePart = Field(sa_type=text_enum(CasePart))


class ReintegrationIdentity(SealedPart, table=True):
    """The person of a case, and how to reach them: sealed under the key of the case."""

    __tablename__ = "reintegration_identity"

    case_id: UUID = Field(
        sa_column=Column(ForeignKey("reintegration_case.id", ondelete="CASCADE"), primary_key=True)
    )
    sealed: bytes = Field(sa_column=sealed_bytes())
    keys: dict[str, str] = Field(sa_column=sealed_keys())


class ReintegrationEpisode(SQLModel, table=True):
    """The remainder of a case after its purge, linked to nothing: months, and how they ended."""

    __tablename__ = "reintegration_episode"
    __table_args__ = (
        CheckConstraint("release_month = date_trunc('month', release_month)", name="month_only"),
        CheckConstraint("months >= 0", name="months_counted"),
        Index("ix_reintegration_episode_release_month", "release_month"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    release_month: date
    province_id: UUID | None = Field(default=None, foreign_key="unit.id")
    months: int  # until the event, or until nobody knew any more
    reoffended: bool
