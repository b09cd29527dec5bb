"""Emergency openings of reintegration cases: who broke the glass, until when, and the review."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.db.base import PLACE, TIME, Row, UnitScoped, text_enum
from app.db.tables.confidential import SealedPart
from app.db.tables.reintegration import of_case, sealed_bytes, sealed_keys


class CaseOpeningBasis(StrEnum):
    """Why somebody without a part in a case opens it."""

    WORKER_UNREACHABLE = "worker_unreachable"
    DANGER_TO_LIFE = "danger_to_life"
    PERSON_ASKS = "person_asks"
    AUTHORITY_ASKS = "authority_asks"


class CaseOpeningState(StrEnum):
    """State of an emergency opening: its review, and how the reviewer decided."""

    UNREVIEWED = "unreviewed"
    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"


class ReintegrationOpening(Row, UnitScoped, SealedPart, table=True):
    """An emergency opening of a case, for some hours; its words are under the key of the case."""

    __tablename__ = "reintegration_opening"
    __table_args__ = (
        CheckConstraint("opens_until >= opened_at", name="ends_after_beginning"),
        CheckConstraint("(state = 'unreviewed') = (decided_by IS NULL)", name="review_has_person"),
        CheckConstraint("(decided_by IS NULL) = (decided_at IS NULL)", name="review_has_time"),
        CheckConstraint("decided_by <> opened_by", name="second_person"),
        Index("ix_reintegration_opening_case_id_id", "case_id", "id"),
        Index("ix_reintegration_opening_opened_by_opens_until", "opened_by", "opens_until"),
        *(
            Index(f"ix_reintegration_opening_{place}_opened_at_id", place, "opened_at", "id")
            for place in (*PLACE, "unit_id")
        ),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id")  # that held the case when it was opened
    case_id: UUID = Field(sa_column=of_case())
    case_number: str = Field(max_length=20)
    basis: CaseOpeningBasis = Field(sa_type=text_enum(CaseOpeningBasis))
    state: CaseOpeningState = Field(
        default=CaseOpeningState.UNREVIEWED, sa_type=text_enum(CaseOpeningState)
    )
    opened_by: str
    opened_at: datetime = Field(sa_type=TIME)
    opens_until: datetime = Field(sa_type=TIME)
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=TIME)
    sealed: bytes = Field(sa_column=sealed_bytes())
    keys: dict[str, str] = Field(sa_column=sealed_keys())
