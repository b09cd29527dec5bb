"""Input to enter a term of retention, to hold a record, and to release the hold."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from app.db.tables.calendars import Certainty
from app.db.tables.confidential import RetentionOf
from app.domain.records.schemas import StrictInput

MAX_MONTHS, MAX_DAYS = 1_200, 36_500


def _text(most: int) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, min_length=1, max_length=most)


Reason = Annotated[str, _text(2000), Field(description="why; say nothing here that a tip tells")]


class RetentionRuleCreate(StrictInput):
    """How long something is kept, from a day on; it counts for what has not been given notice."""

    of: RetentionOf
    valid_from: date
    months: Annotated[int, Field(ge=0, le=MAX_MONTHS)] = 0
    days: Annotated[int, Field(ge=0, le=MAX_DAYS)] = 0
    basis: Annotated[str, _text(1000)]
    source: Annotated[str, _text(300), Field(description="where it was read")]
    certainty: Certainty

    @model_validator(mode="after")
    def _lasts(self) -> "RetentionRuleCreate":
        if not self.months and not self.days:
            raise ValueError("A term is of one day at least: say months, or days.")
        return self


class HoldWords(StrictInput):
    """Why a tip is kept whatever its term, and by which document."""

    reason: Reason
    document_id: Annotated[UUID, Field(description="the paper that orders it")]


class ReleaseWords(StrictInput):
    """Why a hold ends."""

    reason: Reason
