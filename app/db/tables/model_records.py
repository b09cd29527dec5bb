"""Records beside a programme model: members, reviews, recognitions."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from app.db.base import INFINITY, Row, UnitScoped, Voidable, text_enum, voided_check


class MemberKind(StrEnum):
    """Kind of participant that is counted; persons are never named."""

    HOUSEHOLD = "household"
    PLEDGED_HOUSEHOLD = "pledged_household"
    RESIDENT = "resident"
    GROUP = "group"
    ORGANISATION = "organisation"
    CORE_PERSON = "core_person"
    INFLUENTIAL_PERSON = "influential_person"


class ReviewResult(StrEnum):
    """Result of a review of a model."""

    PASSED = "passed"
    FAILED = "failed"


class RecognitionLevel(StrEnum):
    """Authority that recognises."""

    COMMUNE = "commune"
    PROVINCE = "province"
    MINISTRY = "ministry"


class RecognitionScope(StrEnum):
    """Area in which a recognised model is to be copied."""

    COMMUNE = "commune"
    PROVINCE = "province"
    NATIONWIDE = "nationwide"


class RecognitionState(StrEnum):
    """State of a recognition."""

    IN_FORCE = "in_force"
    REVOKED = "revoked"


class ModelMember(Row, table=True):
    """A number of households, residents, groups or organisations that joined a model on a day."""

    __tablename__ = "model_member"
    __table_args__ = (
        CheckConstraint("count > 0", name="counts_somebody"),
        CheckConstraint("joined_on <= left_on", name="leaves_after_joining"),
        CheckConstraint("name IS NULL OR kind IN ('group', 'organisation')", name="nobody_named"),
        CheckConstraint(
            "organisation_id IS NULL OR kind = 'organisation'", name="organisations_are_partners"
        ),
        CheckConstraint(
            "merged_into_id IS NULL OR (kind = 'group' AND left_on IS NOT NULL)",
            name="what_is_merged_has_left",
        ),
        Index("ix_model_member_model_id_id", "model_id", "id"),
        Index("ix_model_member_merged_into_id_id", "merged_into_id", "id"),
        Index("ix_model_member_organisation_id", "organisation_id"),
    )

    model_id: UUID = Field(foreign_key="model.id", ondelete="CASCADE")
    kind: MemberKind = Field(sa_type=text_enum(MemberKind))
    name: str | None = Field(default=None, max_length=300)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    count: int = 1
    joined_on: date
    left_on: date | None = None
    merged_into_id: UUID | None = Field(default=None, foreign_key="model_member.id")


class ModelReview(Row, table=True):
    """A review of a model and its result."""

    __tablename__ = "model_review"
    __table_args__ = (Index("ix_model_review_model_id_reviewed_on", "model_id", "reviewed_on"),)

    model_id: UUID = Field(foreign_key="model.id", ondelete="CASCADE")
    reviewed_on: date
    result: ReviewResult = Field(sa_type=text_enum(ReviewResult))
    note: str | None = Field(default=None, max_length=2000)


class ModelReviewRule(Row, table=True):
    """The rule that makes a model due for review: months without activity, or failed reviews."""

    __tablename__ = "model_review_rule"
    __table_args__ = (
        CheckConstraint("valid_from < valid_to", name="ends_after_it_begins"),
        CheckConstraint("months_inactive > 0 AND failed_reviews > 0", name="counts_are_positive"),
        ExcludeConstraint(
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="one_review_rule_a_day",
            using="gist",
        ),
    )

    valid_from: date
    valid_to: date = Field(default=INFINITY)
    months_inactive: int
    failed_reviews: int
    basis: str = Field(max_length=500)


class ModelRecognition(Row, UnitScoped, Voidable, table=True):
    """The recognition of a type or a model by an authority; it may be revoked."""

    __tablename__ = "model_recognition"
    __table_args__ = (
        voided_check(),
        CheckConstraint("num_nonnulls(type_id, model_id) = 1", name="of_a_type_or_of_a_model"),
        CheckConstraint("extract(year FROM recognised_on) = year", name="day_lies_in_year"),
        CheckConstraint("(state = 'revoked') = (revoked_on IS NOT NULL)", name="revoked_has_day"),
        Index("ix_model_recognition_type_id_id", "type_id", "id"),
        Index("ix_model_recognition_document_id", "document_id"),
        Index("ix_model_recognition_model_id_id", "model_id", "id"),
        Index("ix_model_recognition_unit_id_id", "unit_id", "id"),
        Index("ix_model_recognition_province_id_id", "province_id", "id"),
        Index("ix_model_recognition_commune_id_id", "commune_id", "id"),
        Index("ix_model_recognition_village_id_id", "village_id", "id"),
    )

    type_id: UUID | None = Field(default=None, foreign_key="model_type.id")
    model_id: UUID | None = Field(default=None, foreign_key="model.id")
    unit_id: UUID = Field(foreign_key="unit.id")
    level: RecognitionLevel = Field(sa_type=text_enum(RecognitionLevel))
    year: int
    recognised_on: date | None = None
    scope: RecognitionScope = Field(sa_type=text_enum(RecognitionScope))
    decision: str | None = Field(default=None, max_length=300)
    document_id: UUID | None = None
    state: RecognitionState = Field(
        default=RecognitionState.IN_FORCE, sa_type=text_enum(RecognitionState)
    )
    revoked_on: date | None = None
