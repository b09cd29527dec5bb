"""Numbers of returns and of people in support, for figures: views that have no id of a case."""

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


class ReintegrationSupportTally(SQLModel, table=True):
    """One for each person in support, and for the days in which nothing changed for them."""

    __tablename__ = "reintegration_support_tally"
    __table_args__: ClassVar[dict[str, object]] = {"info": {"is_view": True}}

    unit_id: UUID = Field(primary_key=True)
    since: date = Field(primary_key=True)
    until: date | None = Field(default=None, primary_key=True)  # the first day after them
    has_job: bool = Field(primary_key=True)
    is_stable: bool = Field(primary_key=True)
    people: int
