"""Criteria sets, rounds, and evaluations of places, organisations, models and teams."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from app.db.base import INFINITY, Row, UnitScoped, changed_index, place_indexes, text_enum
from app.db.tables.calendars import Certainty
from app.db.tables.committees import CommitteeScope
from app.db.tables.units import UnitLevel


class EvaluatedKind(StrEnum):
    """Kind of what is evaluated; never a person."""

    RESIDENTIAL_AREA = "residential_area"
    COMMUNE = "commune"
    AGENCY = "agency"
    ENTERPRISE = "enterprise"
    SCHOOL = "school"
    MODEL = "model"
    TEAM = "team"


class SetState(StrEnum):
    """State of a criteria set."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


class RoundState(StrEnum):
    """State of a round of evaluations."""

    OPEN = "open"
    CLOSED = "closed"


class EvaluationState(StrEnum):
    """State of an evaluation."""

    REGISTERED = "registered"
    SELF_ASSESSED = "self_assessed"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    VERIFIED = "verified"
    DECIDED = "decided"
    PUBLISHED = "published"
    APPEALED = "appealed"
    CLOSED = "closed"


class EvaluationResult(StrEnum):
    """Result that a body has decided."""

    MET = "met"
    NOT_MET = "not_met"


class CriteriaSet(Row, table=True):
    """An edition of the criteria by which one kind of subject is evaluated."""

    __tablename__ = "criteria_set"
    __table_args__ = (
        CheckConstraint("valid_from < valid_to", name="holds_some_time"),
        CheckConstraint("edition > 0", name="edition_is_positive"),
        CheckConstraint("(state = 'draft') = (content_hash IS NULL)", name="published_has_hash"),
        Index("uq_criteria_set_edition", "unit_id", "code", "edition", unique=True),
        Index(
            "uq_criteria_set_in_force", "unit_id", "code", unique=True,
            postgresql_where=text("state = 'published'"),
        ),
        Index("ix_criteria_set_code_id", "code", "id"),
        Index("ix_criteria_set_state_id", "state", "id"),
        Index("ix_criteria_set_subject_kind_id", "subject_kind", "id"),
        Index("ix_criteria_set_extends_id", "extends_id"),
        changed_index("criteria_set"),
    )  # fmt: skip

    unit_id: UUID = Field(foreign_key="unit.id")
    code: str = Field(max_length=60)
    edition: int
    subject_kind: EvaluatedKind = Field(sa_type=text_enum(EvaluatedKind))
    title_vi: str = Field(max_length=300)
    title_en: str = Field(max_length=300)
    basis: str = Field(max_length=300)
    source: str = Field(max_length=300)
    certainty: Certainty = Field(sa_type=text_enum(Certainty))
    valid_from: date
    valid_to: date = INFINITY
    window_code: str = Field(max_length=60)
    state: SetState = Field(default=SetState.DRAFT, sa_type=text_enum(SetState))
    definition: dict[str, Any] = Field(sa_type=JSONB)  # of a province: what it adds
    content_hash: str | None = Field(default=None, max_length=64)
    extends_id: UUID | None = Field(default=None, foreign_key="criteria_set.id")
    change_note: str | None = Field(default=None, max_length=2000)


class EvaluationRound(Row, UnitScoped, table=True):
    """A round in which the subjects of a unit are evaluated, and the bodies that decide it."""

    __tablename__ = "evaluation_round"
    __table_args__ = place_indexes(
        "evaluation_round",
        CheckConstraint("window_from <= window_to", name="window_begins_before_it_ends"),
        CheckConstraint("register_by <= decide_by", name="registers_before_it_decides"),
        CheckConstraint(
            "delegated = (delegation_basis IS NOT NULL)", name="delegation_has_a_basis"
        ),
        Index("uq_evaluation_round_once", "unit_id", "set_id", "window_name", unique=True),
        Index("ix_evaluation_round_set_id_id", "set_id", "id"),
        Index("ix_evaluation_round_state_id", "state", "id"),
        Index("ix_evaluation_round_window_name_id", "window_name", "id"),
        changed_index("evaluation_round"),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    set_id: UUID = Field(foreign_key="criteria_set.id")
    title: str = Field(max_length=300)
    window_name: str = Field(max_length=80)
    window_from: date
    window_to: date  # its last day
    register_by: date
    decide_by: date
    verify_level: UnitLevel = Field(sa_type=text_enum(UnitLevel))
    decide_level: UnitLevel = Field(sa_type=text_enum(UnitLevel, "decide_level"))
    delegated: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    delegation_basis: str | None = Field(default=None, max_length=300)
    # the committee of the deciding unit that decides; None: its approvers by themselves
    decide_committee: CommitteeScope | None = Field(
        default=None, sa_type=text_enum(CommitteeScope, "decide_committee")
    )
    state: RoundState = Field(default=RoundState.OPEN, sa_type=text_enum(RoundState))


class Evaluation(Row, UnitScoped, table=True):
    """The evaluation of one subject in a round, under the criteria set that it pins."""

    __tablename__ = "evaluation"
    __table_args__ = place_indexes(
        "evaluation",
        CheckConstraint(
            "result IS NOT NULL OR state NOT IN ('decided', 'published', 'appealed')",
            name="decided_has_a_result",
        ),
        CheckConstraint("(result IS NULL) = (decided_on IS NULL)", name="result_has_a_day"),
        CheckConstraint(
            "continued_by_id IS NULL OR state = 'closed'", name="continued_is_closed"
        ),
        Index(
            "uq_evaluation_once", "round_id", "subject_id", unique=True,
            postgresql_where=text("state <> 'closed'"),
        ),
        Index("ix_evaluation_round_id_id", "round_id", "id"),
        Index("ix_evaluation_set_id_id", "set_id", "id"),
        Index("ix_evaluation_subject_id_id", "subject_id", "id"),
        Index("ix_evaluation_subject_kind_id", "subject_kind", "id"),
        Index("ix_evaluation_state_id", "state", "id"),
        Index("ix_evaluation_result_id", "result", "id"),
        Index("ix_evaluation_grade_id", "grade", "id"),
        Index("ix_evaluation_follows_id", "follows_id"),
        Index("ix_evaluation_continued_by_id", "continued_by_id"),
        changed_index("evaluation"),
    )  # fmt: skip

    unit_id: UUID = Field(foreign_key="unit.id")
    round_id: UUID = Field(foreign_key="evaluation_round.id")
    set_id: UUID = Field(foreign_key="criteria_set.id")
    set_hash: str = Field(max_length=64)
    subject_kind: EvaluatedKind = Field(sa_type=text_enum(EvaluatedKind))
    subject_id: UUID
    state: EvaluationState = Field(
        default=EvaluationState.REGISTERED, sa_type=text_enum(EvaluationState)
    )
    result: EvaluationResult | None = Field(default=None, sa_type=text_enum(EvaluationResult))
    grade: str | None = Field(default=None, max_length=60)
    percent: Decimal | None = Field(default=None, sa_type=Numeric(5, 2))
    late_reason: str | None = Field(default=None, max_length=2000)
    submission: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    decided_on: date | None = None
    decided_as: str | None = Field(default=None, max_length=200)  # position in the committee
    follows_id: UUID | None = Field(default=None, foreign_key="evaluation.id")
    # of the unit that came after its own within the round
    continued_by_id: UUID | None = Field(default=None, foreign_key="evaluation.id")


class EvaluationAnswer(Row, table=True):
    """An answer of an evaluation to a criterion, beside the figure that it cites."""

    __tablename__ = "evaluation_answer"
    __table_args__ = (
        CheckConstraint("(part IS NULL) = (whole IS NULL)", name="share_is_whole"),
        CheckConstraint("part >= 0 AND part <= whole", name="part_is_within_the_whole"),
        CheckConstraint(
            "(reopened_in IS NULL) = (reopened_reason IS NULL)", name="reopened_has_a_reason"
        ),
        Index("uq_evaluation_answer_once", "evaluation_id", "path", unique=True),
        Index("ix_evaluation_answer_document_id", "document_id"),
    )

    evaluation_id: UUID = Field(foreign_key="evaluation.id", ondelete="CASCADE")
    path: str = Field(max_length=121)  # the criterion, and the part of it after a slash
    holds: bool | None = None
    value: Decimal | None = Field(default=None, sa_type=Numeric)
    part: int | None = None
    whole: int | None = None
    note: str | None = Field(default=None, max_length=2000)
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    cited_value: Decimal | None = Field(default=None, sa_type=Numeric)
    cited_part: int | None = None
    cited_whole: int | None = None
    figure_id: str | None = Field(default=None, max_length=2000)
    reopened_reason: str | None = Field(default=None, max_length=2000)
    reopened_in: int | None = None  # the submission after which it was returned
    changed_in: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
