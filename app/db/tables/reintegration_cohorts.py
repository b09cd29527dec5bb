"""Numbers of returns by the month of release, for figures: a view in which no row is one person."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlmodel import Field, SQLModel

from app.db.base import text_enum


class CohortOutcome(StrEnum):
    """Outcome of a return within the months that are followed."""

    REOFFENDED = "reoffended"
    NOT_REOFFENDED = "not_reoffended"
    CENSORED = "censored"  # moved away, dead, missing or no longer followed before the end
    NOT_YET = "not_yet"  # still followed, and the months are not over


class ReintegrationCohort(SQLModel, table=True):
    """Number of returns of a month, for each length of follow-up, by their outcome within it."""

    __tablename__ = "reintegration_cohort"
    __table_args__: ClassVar[dict[str, object]] = {"info": {"is_view": True}}

    unit_id: UUID = Field(primary_key=True)
    release_month: date = Field(primary_key=True)
    follow_up: int = Field(primary_key=True)  # months
    outcome: CohortOutcome = Field(primary_key=True, sa_type=text_enum(CohortOutcome))
    returns: int
