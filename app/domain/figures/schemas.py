"""Schemas of figures."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, PlainSerializer, TypeAdapter, WithJsonSchema

from app.db.tables.stated_figures import PeriodPrecision, Qualifier
from app.db.tables.units import UnitLevel
from app.domain.figures.indicators import Better, RollUp
from app.domain.values import write_number

Number = Annotated[
    float | None,
    PlainSerializer(write_number, return_type=int | float | None, when_used="json"),
    WithJsonSchema(TypeAdapter(float | None).json_schema(), mode="serialization"),
]


class Comparison(StrEnum):
    """Window with which a figure is compared."""

    SAME_PERIOD_LAST_YEAR = "same_period_last_year"
    PREVIOUS = "previous"


class FigureCell(BaseModel):
    """A part of a figure: a unit, a month or a category; without facts it is 0."""

    key: str | None
    label_vi: str | None
    label_en: str | None
    unit_id: UUID | None = None
    unit_code: str | None = None
    value: Number
    qualifier: Qualifier
    facts: int
    unknown: int
    change: Number
    suppressed: bool


class ComparedFigure(BaseModel):
    """The figure of another window, and the difference where the territory is the same."""

    kind: Comparison
    since: date
    until: date
    value: Number
    qualifier: Qualifier
    comparable: bool
    not_comparable: str | None
    difference: Number
    percent: Number
    small_base: bool


class Completeness(BaseModel):
    """Communes of the unit, and those of them that have recorded a fact in the window."""

    expected: int
    with_facts: int | None


class StatedBeside(BaseModel):
    """A figure that a source states of the same measure and unit; it is never added."""

    id: UUID
    label: str
    value: Number
    value_text: str | None
    qualifier: Qualifier
    delta_only: bool
    counting_unit: str
    counting_unit_text: str | None
    precision: PeriodPrecision
    period_from: date | None
    period_to: date | None
    period_text: str | None
    compared_from: date | None
    compared_to: date | None
    source: str | None
    reference: str | None


class Figure(BaseModel):
    """The value of an indicator for a unit, a window and a boundary, and how it came about."""

    figure_id: str
    indicator: str
    version: int
    indicator_vi: str
    indicator_en: str
    counting_unit: str
    roll_up: RollUp
    better: Better | None
    unit_id: UUID
    unit_code: str | None
    unit_name: str
    unit_level: UnitLevel
    since: date
    until: date
    window: str | None
    filter: str | None
    boundary: str
    boundary_day: date | None
    value: Number
    qualifier: Qualifier
    facts: int
    unknown: int
    change: Number
    suppressed: bool
    numerator: Number
    denominator: Number
    small_base: bool
    completeness: Completeness
    by: str | None
    cells: list[FigureCell]
    unattributed: FigureCell | None
    in_several: Number
    comparison: ComparedFigure | None
    stated: list[StatedBeside]
    trace: str
    data_as_of: date
    computed_at: datetime
