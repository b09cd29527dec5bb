"""Input about lines of support; every text is sealed."""

from typing import Annotated

from pydantic import Field

from app.db.tables.reintegration_choices import LoanPurpose, SupportKind, SupportState
from app.domain.records.schemas import StrictInput
from app.domain.records.types import NUMBER, Text
from app.domain.records.types import ProgrammeDay as Day

Amount = Annotated[int, Field(ge=1, le=2_000_000_000), NUMBER]
Months = Annotated[int, Field(ge=1, le=1_200), NUMBER]


class SupportCreate(StrictInput):
    """A line of support; purpose, amount and months are those of a loan."""

    kind: SupportKind
    begins_on: Day
    ends_on: Day | None = None
    purpose: LoanPurpose | None = None
    amount: Amount | None = None
    months: Months | None = None
    text: Text | None = None


class SupportUpdate(StrictInput):
    """The next state of a line of support, or the day on which it was verified."""

    state: SupportState | None = None
    verified_on: Day | None = None
