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


Reason = Annotated[str, _text(2000)]


class RetentionRuleCreate(StrictInput):
    """A new retention rule; it applies to what has not been given notice."""

    of: RetentionOf
    valid_from: date
    months: Annotated[int, Field(ge=0, le=MAX_MONTHS)] = 0
    days: Annotated[int, Field(ge=0, le=MAX_DAYS)] = 0
    basis: Annotated[str, _text(1000)]
    source: Annotated[str, _text(300)]
    certainty: Certainty

    @model_validator(mode="after")
    def _lasts(self) -> "RetentionRuleCreate":
        if not self.months and not self.days:
            raise ValueError("A term is of one day at least: say months, or days.")
        return self


class HoldInput(StrictInput):
    """Reason and document of a hold on a tip."""

    reason: Reason
    document_id: UUID


class ReleaseInput(StrictInput):
    """Reason for the end of a hold."""

    reason: Reason
