"""Calendars: days off, each with the decision behind it."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Index, Text
from sqlmodel import Field

from app.db.base import Row, text_enum


class DayKind(StrEnum):
    """Kind of a day by decision, on any weekday."""

    HOLIDAY = "holiday"
    WORKING = "working"


class Certainty(StrEnum):
    """Reliability of a legal datum."""

    VERIFIED = "verified"  # somebody entitled has compared it with the text in force
    READ = "read"  # read in a second-hand source
    MEMORY = "memory"  # from memory, unverified
    PROJECTED = "projected"  # worked out before it was decided


class Calendar(Row, table=True):
    """A calendar: weekly days off and days decided one by one."""

    __tablename__ = "calendar"
    __table_args__ = (
        CheckConstraint(
            "weekly_rest <@ ARRAY['monday', 'tuesday', 'wednesday', 'thursday', 'friday', "
            "'saturday', 'sunday'] AND cardinality(weekly_rest) < 7",
            name="rests_on_days_of_the_week",
        ),
    )

    code: str = Field(max_length=60, unique=True)
    name_vi: str = Field(max_length=300)
    name_en: str = Field(max_length=300)
    weekly_rest: list[str] = Field(sa_type=ARRAY(Text))


class CalendarDay(Row, table=True):
    """A day decided to be a holiday, or a working day in exchange for another."""

    __tablename__ = "calendar_day"
    __table_args__ = (Index("uq_calendar_day_calendar_id_day", "calendar_id", "day", unique=True),)

    calendar_id: UUID = Field(foreign_key="calendar.id")
    day: date
    kind: DayKind = Field(sa_type=text_enum(DayKind))
    name_vi: str = Field(max_length=300)
    name_en: str = Field(max_length=300)
    basis: str = Field(max_length=500)
    source: str = Field(max_length=300)
    certainty: Certainty = Field(sa_type=text_enum(Certainty))
