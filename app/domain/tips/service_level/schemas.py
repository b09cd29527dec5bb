"""Schemas of the service level."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel


class ServiceBy(StrEnum):
    """By what the numbers are told."""

    UNIT = "unit"
    MONTH = "month"


class ServiceFigures(BaseModel):
    """How many tips were received and what became of them; what is null is not told."""

    received: int | None
    resolved_in_time: int | None
    resolved_late: int | None
    overdue: int | None
    not_yet_due: int | None
    percent: float | None
    suppressed: bool


class ServiceLine(BaseModel):
    """The tips of one commune, or of one month; without either, those of no commune."""

    unit_id: UUID | None
    code: str | None
    name: str | None
    month: date | None
    figures: ServiceFigures


class ServiceLevel(BaseModel):
    """How the tips were served that a unit and those below it received in a period."""

    unit_id: UUID
    unit_code: str | None
    unit_name: str
    since: date
    until: date
    by: ServiceBy
    total: ServiceFigures
    lines: list[ServiceLine]
