"""Schemas of the service level."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel


class ServiceBy(StrEnum):
    """Grouping of the lines of a figure."""

    UNIT = "unit"
    MONTH = "month"


class ServiceFigures(BaseModel):
    """Tips received and what became of them; null figures are suppressed."""

    received: int | None
    resolved_in_time: int | None
    resolved_late: int | None
    overdue: int | None
    not_yet_due: int | None
    downgraded: int | None
    percent: float | None
    suppressed: bool


class ServiceLine(BaseModel):
    """Figures of one commune or month; without either, those of no commune."""

    unit_id: UUID | None
    code: str | None
    name: str | None
    month: date | None
    figures: ServiceFigures


class TipServiceLevel(BaseModel):
    """Service level of the tips that a unit and those below it received in a period."""

    unit_id: UUID
    unit_code: str | None
    unit_name: str
    since: date
    until: date
    by: ServiceBy
    total: ServiceFigures
    lines: list[ServiceLine]
