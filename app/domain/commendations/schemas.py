"""Schemas of commendations and exemplars."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.db.tables.commendations import (
    CommendationForm,
    CommendingAuthority,
    RecipientKind,
    SubjectKind,
)
from app.db.tables.units import UnitLevel
from app.domain.documents.schemas import TEXT, Line, UnitName, Year
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput

Achievement = Annotated[str, Field(min_length=1, max_length=2000, pattern=TEXT)]
Description = Annotated[str, Field(min_length=1, max_length=4000, pattern=TEXT)]
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

    recipient_name: Name = None
    recipient_label: Label = None
    form: CommendationForm = CommendationForm.MERIT_CERTIFICATE
    authority: CommendingAuthority = CommendingAuthority.MINISTRY
    level: UnitLevel = UnitLevel.NATIONAL
    achievement: Achievement = ""
    document_id: UUID | None = None


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

    subject_name: Name = None
    subject_label: Label = None
    year: Year = 2000
    level: UnitLevel = UnitLevel.NATIONAL
    description: Description = ""
    commendation_id: UUID | None = None
