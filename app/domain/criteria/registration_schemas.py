"""Schemas of the registration of many units at once."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.domain.records.schemas import StrictInput
from app.domain.records.types import Flag, Reason, UnitName

MAX_UNITS = 5000  # more than a province has residential areas


class ChosenUnit(StrictInput):
    """A unit to register, and why it is late."""

    unit: UnitName
    late_reason: Reason | None = None


class RegistrationOfMany(StrictInput):
    """The units to register: those that are named, or all that the round still expects.

    All are named as such: a program whose list is empty by mistake registers nobody.
    """

    units: Annotated[list[ChosenUnit], Field(max_length=MAX_UNITS)] = Field(default_factory=list)
    all_expected: Flag = False
    late_reason: Reason | None = None


class RegistrationResult(BaseModel):
    """Result of a registration: the evaluation that was opened, or the error."""

    unit: str
    id: UUID | None
    error_code: str | None
    error_vi: str | None
    error_en: str | None


class RegistrationsResult(BaseModel):
    """Results of a registration of many units, in the order of the request."""

    registered: int
    refused: int
    items: list[RegistrationResult]
