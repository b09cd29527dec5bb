"""Schemas of questions about the quality of recorded numbers."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel


class QuestionKind(StrEnum):
    """Kind of a question about recorded numbers."""

    REPEATED_FIGURE = "repeated_figure"
    MORE_PLACES_THAN_EXIST = "more_places_than_exist"
    COPY_OF_LAST_YEAR = "copy_of_last_year"
    LATE_ENTRY = "late_entry"
    UNDATED = "undated"


class QuestionedRecord(BaseModel):
    """A record behind a question, which the caller may read."""

    id: UUID
    path: str


class QualityQuestion(BaseModel):
    """A question about recorded numbers; never a fault, a score or a rank."""

    kind: QuestionKind
    unit_id: UUID
    text_vi: str
    text_en: str
    records: list[QuestionedRecord]
    hidden: int


class QualityQuestionList(BaseModel):
    """The questions about a unit and a period; `cut` where there are more."""

    unit_id: UUID
    since: date
    until: date
    items: list[QualityQuestion]
    cut: bool
