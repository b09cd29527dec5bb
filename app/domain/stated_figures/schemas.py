"""Schemas of stated figures."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.db.tables.stated_figures import PeriodPrecision, Qualifier, SubjectResource
from app.db.tables.units import UnitLevel
from app.domain.records.schemas import ChangeInput, StrictInput
from app.domain.records.types import DAY, LINE, NUMBER, Flag, Line, Reference, UnitName, unset
from app.domain.records.types import Text as Quote

MAX_VALUE = 1_000_000_000_000
Code = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z][a-z0-9_]*$"), LINE]
Words = Reference
PlaceWords = Annotated[str, Field(min_length=1, max_length=200), LINE]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31)), DAY]
Value = Annotated[float, Field(ge=-MAX_VALUE, le=MAX_VALUE, allow_inf_nan=False), NUMBER]


class StatedFigureCreate(StrictInput):
    """A figure as a source states it; no records are created."""

    unit: UnitName
    unit_on: Day | None = None
    measure: Code
    counting_unit: Code | None = None
    category: Code | None = None
    level: UnitLevel | None = None
    label: Line
    value: Value | None = None
    qualifier: Qualifier = Qualifier.EQUAL
    delta_only: Flag = False
    compared_from: Day | None = None
    compared_to: Day | None = None
    precision: PeriodPrecision
    period_from: Day | None = None
    period_to: Day | None = None
    period_text: Words | None = None
    subject_resource: SubjectResource | None = None
    subject_id: UUID | None = None
    document_id: UUID | None = None
    source: Line | None = None
    quote: Quote | None = None
    reference: Words | None = None
    value_text: Words | None = None
    counting_unit_text: Words | None = None
    place_text: PlaceWords | None = None


class StatedFigureChange(ChangeInput):
    """Correct a stated figure; omitted fields stay as they are."""

    category: Code | None = unset()
    level: UnitLevel | None = unset()
    label: Line = unset()
    value: Value | None = unset()
    qualifier: Qualifier = unset()
    delta_only: Flag = unset()
    compared_from: Day | None = unset()
    compared_to: Day | None = unset()
    precision: PeriodPrecision = unset()
    period_from: Day | None = unset()
    period_to: Day | None = unset()
    period_text: Words | None = unset()
    subject_resource: SubjectResource | None = unset()
    subject_id: UUID | None = unset()
    document_id: UUID | None = unset()
    source: Line | None = unset()
    quote: Quote | None = unset()
    reference: Words | None = unset()
    value_text: Words | None = unset()
    counting_unit_text: Words | None = unset()
    place_text: PlaceWords | None = unset()
