"""Input to open a case in an emergency and to review that, and its words."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from app.db.tables.reintegration_openings import CaseOpeningBasis
from app.domain.confidential.schemas import Reason
from app.domain.records.schemas import StrictInput
from app.domain.records.types import Action, Line, Text


class CaseOpeningCreate(StrictInput):
    """An emergency opening of a case of which the number is known; the reason is sealed."""

    case_number: Line
    basis: CaseOpeningBasis
    reason: Reason


class CaseOpeningTransition(StrictInput):
    """A review of an opening: `justify` or `reject`, with words that are sealed."""

    action: Action
    note: Text | None = None


class CaseOpened(BaseModel):
    """A case that is open to you in an emergency, and until when; you read it and write nothing."""

    id: UUID
    case_id: UUID
    case_number: str
    opens_until: datetime


class CaseOpeningWords(BaseModel):
    """The words of an opening and of its review."""

    id: UUID
    reason: str
    note: str | None
