"""Input to enter a term of retention, to hold a record, and to release the hold."""

from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from app.db.tables.calendars import Certainty
from app.db.tables.confidential import RetentionOf
from app.domain.records.schemas import StrictInput
from app.domain.records.types import NUMBER, Day, Line, LongLine, Reason
from app.domain.values import InvalidValue

MAX_MONTHS, MAX_DAYS = 1_200, 36_500


class RetentionRuleCreate(StrictInput):
    """A new retention rule; it applies to what has not been given notice."""

    of: RetentionOf
    valid_from: Day
    months: Annotated[int, Field(ge=0, le=MAX_MONTHS), NUMBER] = 0
    days: Annotated[int, Field(ge=0, le=MAX_DAYS), NUMBER] = 0
    basis: LongLine
    source: Line
    certainty: Certainty

    @model_validator(mode="after")
    def _lasts(self) -> "RetentionRuleCreate":
        if not self.months and not self.days:
            raise InvalidValue(
                "term_empty",
                "A term is of one day at least: state months, or days.",
                "Thời hạn ít nhất là một ngày: hãy nêu months hoặc days.",
            )
        return self


class HoldInput(StrictInput):
    """Reason and document of a hold on a tip."""

    reason: Reason
    document_id: UUID


class ReleaseInput(StrictInput):
    """Reason for the end of a hold."""

    reason: Reason
