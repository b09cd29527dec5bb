"""Schemas of the trace of a figure."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel

from app.db.tables.stated_figures import Qualifier
from app.domain.figures.schemas import Number


class TracePart(StrEnum):
    """Part of a share whose records are listed."""

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


class TracedRecord(BaseModel):
    """A record behind a figure that the caller may read, and what it counts."""

    id: UUID
    path: str | None
    unit_id: UUID | None
    day: date
    value: Number
    qualifier: Qualifier
    delta_only: bool
    once: str | None


class FigureTrace(BaseModel):
    """The records behind a figure: those that the caller may read, and the number of all."""

    figure_id: str
    indicator: str
    part: TracePart | None
    unit_id: UUID
    since: date
    until: date
    boundary: str
    value: Number
    value_now: Number
    same: bool
    suppressed: bool
    facts: int
    visible: int
    hidden: int
    records: list[TracedRecord]
    next: str | None
