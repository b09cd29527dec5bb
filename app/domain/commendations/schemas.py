"""Schemas of commendations and exemplars."""

from uuid import UUID

from app.db.tables.commendations import (
    CommendationForm,
    CommendingAuthority,
    RecipientKind,
    SubjectKind,
)
from app.db.tables.units import UnitLevel
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput
from app.domain.records.types import Line, LongText, Text, UnitName, Year, unset

Achievement = Text
Description = LongText
Name = Line | None
Label = Line | None


class CommendationCreate(StrictInput):
    """A nomination: recipient, achievement, form and authority."""

    unit: UnitName
    recipient_kind: RecipientKind
    recipient_name: Name = None
    recipient_label: Label = None
    form: CommendationForm
    authority: CommendingAuthority
    level: UnitLevel
    achievement: Achievement
    document_id: UUID | None = None


class CommendationChange(ChangeInput):
    """Change a nomination; omitted fields stay as they are."""

    recipient_name: Name = unset()
    recipient_label: Label = unset()
    form: CommendationForm = unset()
    authority: CommendingAuthority = unset()
    level: UnitLevel = unset()
    achievement: Achievement = unset()
    document_id: UUID | None = unset()


class CommendationTransition(TransitionInput):
    """A transition of a commendation."""


class ExemplarCreate(StrictInput):
    """A new exemplar for a year."""

    unit: UnitName
    subject_kind: SubjectKind
    subject_name: Name = None
    subject_label: Label = None
    year: Year
    level: UnitLevel
    description: Description
    commendation_id: UUID | None = None


class ExemplarChange(ChangeInput):
    """Change an exemplar; omitted fields stay as they are."""

    subject_name: Name = unset()
    subject_label: Label = unset()
    year: Year = unset()
    level: UnitLevel = unset()
    description: Description = unset()
    commendation_id: UUID | None = unset()
