"""Commendations and exemplars: recipient, achievement, authority, document."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.db.base import (
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    place_indexes,
    search_index,
    text_enum,
    voided_check,
)
from app.db.tables.units import UnitLevel


class RecipientKind(StrEnum):
    """Kind of recipient of a commendation."""

    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"
    MODEL = "model"


class CommendationForm(StrEnum):
    """Form of a commendation."""

    MERIT_CERTIFICATE = "merit_certificate"
    COMMENDATION_LETTER = "commendation_letter"
    RECOGNITION_CERTIFICATE = "recognition_certificate"
    COMMEMORATIVE_MEDAL = "commemorative_medal"


class CommendingAuthority(StrEnum):
    """Authority that commends."""

    STATE = "state"
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    PROVINCIAL_PEOPLES_COMMITTEE = "provincial_peoples_committee"
    PROVINCIAL_POLICE = "provincial_police"
    DISTRICT_PEOPLES_COMMITTEE = "district_peoples_committee"
    COMMUNE_PEOPLES_COMMITTEE = "commune_peoples_committee"
    COMMUNE_POLICE = "commune_police"
    ORGANISATION = "organisation"


class CommendationState(StrEnum):
    """State of a commendation."""

    NOMINATED = "nominated"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    AWARDED = "awarded"
    DECLINED = "declined"
    REVOKED = "revoked"


class SubjectKind(StrEnum):
    """Kind of subject of an exemplar."""

    COLLECTIVE = "collective"
    MODEL = "model"
    UNIT = "unit"
    PERSON = "person"


class Commendation(Row, UnitScoped, Voidable, table=True):
    """A commendation, proposed or awarded; a person's name is a label that few may read."""

    __tablename__ = "commendation"
    __table_args__ = place_indexes(
        "commendation",
        voided_check(),
        changed_index("commendation"),
        CheckConstraint(
            "CASE WHEN recipient_kind = 'individual' THEN recipient_name IS NULL "
            "ELSE recipient_label IS NULL AND recipient_name IS NOT NULL END",
            name="persons_are_labels",
        ),
        CheckConstraint(
            "state NOT IN ('awarded', 'revoked') OR "
            "(awarded_on IS NOT NULL AND document_id IS NOT NULL)",
            name="awarded_by_a_document",
        ),
        Index("ix_commendation_document_id_id", "document_id", "id"),
        Index("ix_commendation_state_id", "state", "id"),
        Index("ix_commendation_awarded_on_id", "awarded_on", "id"),
        search_index("commendation"),
        voidable=True,
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    recipient_kind: RecipientKind = Field(sa_type=text_enum(RecipientKind))
    recipient_name: str | None = Field(default=None, max_length=300)
    recipient_label: str | None = Field(default=None, max_length=300)
    form: CommendationForm = Field(sa_type=text_enum(CommendationForm))
    authority: CommendingAuthority = Field(sa_type=text_enum(CommendingAuthority))
    level: UnitLevel = Field(sa_type=text_enum(UnitLevel))
    achievement: str = Field(max_length=2000)
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    awarded_on: date | None = None
    state: CommendationState = Field(
        default=CommendationState.NOMINATED, sa_type=text_enum(CommendationState)
    )
    search_key: str


class Exemplar(Row, UnitScoped, Voidable, table=True):
    """An exemplar (điển hình tiên tiến) for a year and at a level."""

    __tablename__ = "exemplar"
    __table_args__ = place_indexes(
        "exemplar",
        voided_check(),
        changed_index("exemplar"),
        CheckConstraint(
            "CASE WHEN subject_kind = 'person' THEN subject_name IS NULL "
            "ELSE subject_label IS NULL AND subject_name IS NOT NULL END",
            name="persons_are_labels",
        ),
        CheckConstraint("year BETWEEN 1900 AND 2200", name="year_is_one"),
        Index("ix_exemplar_commendation_id", "commendation_id"),
        Index("ix_exemplar_year_id", "year", "id"),
        search_index("exemplar"),
        voidable=True,
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    subject_kind: SubjectKind = Field(sa_type=text_enum(SubjectKind))
    subject_name: str | None = Field(default=None, max_length=300)
    subject_label: str | None = Field(default=None, max_length=300)
    year: int
    level: UnitLevel = Field(sa_type=text_enum(UnitLevel))
    description: str = Field(max_length=4000)
    commendation_id: UUID | None = Field(default=None, foreign_key="commendation.id")
    search_key: str
