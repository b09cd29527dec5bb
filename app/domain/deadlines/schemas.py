"""Inputs for days, rules and simulations, and the result of a simulation."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from app.db.tables.calendars import (
    Certainty,
    DayKind,
)
from app.db.tables.deadlines import (
    DeadlineAct,
    DeadlineState,
    Measure,
)

MAX_ACTS = 20
MAX_DAYS = 100


def _moment(value: Any) -> datetime:
    """Parse a moment with its offset; refuse a bare number or a bare time of day."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(found, datetime) or found.tzinfo is None or not 1990 <= found.year < 2100:
        raise ValueError("A moment reads like 2026-02-10T08:00:00+07:00, from 1990 to 2099.")
    return found


def _day(value: Any) -> date:
    found = date.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(found, date) or not 1990 <= found.year < 2100:
        raise ValueError("A day reads like 2026-02-10, from 1990 to 2099.")
    return found


Moment = Annotated[datetime, BeforeValidator(_moment)]
Day = Annotated[date, BeforeValidator(_day)]
Code = Annotated[str, Field(min_length=2, max_length=60, pattern=r"^[a-z][a-z0-9_]+$")]
LINE = r"^[^\s\x00]([^\x00\n]*[^\s\x00])?$"  # no NUL, which no text in the database can contain
Name = Annotated[str, Field(min_length=1, max_length=300, pattern=LINE)]
Basis = Annotated[str, Field(min_length=1, max_length=500, pattern=LINE)]
Count = Annotated[int, Field(ge=1, le=1000)]


class Input(BaseModel):
    """An input that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid")


class CalendarDayEntry(Input):
    """A day decided to be a holiday, or a working day in exchange for another."""

    day: Day
    kind: DayKind
    name_vi: Name
    name_en: Name
    basis: Basis
    certainty: Certainty = Certainty.VERIFIED


class CalendarDaysAdd(Input):
    """Days for a calendar: all of them, or none."""

    days: Annotated[list[CalendarDayEntry], Field(min_length=1, max_length=MAX_DAYS)]
    replace: bool = False

    @model_validator(mode="after")
    def _once(self) -> "CalendarDaysAdd":
        if len({entry.day for entry in self.days}) < len(self.days):
            raise ValueError("A day is given twice.")
        return self


class ExtensionStep(Input):
    """A permitted extension of a time limit: by how much, how often, by which authority."""

    length: Count
    measure: Measure
    times: Annotated[int, Field(ge=1, le=10)] = 1
    authority: Code
    basis: Basis


class DeadlineRuleCreate(Input):
    """An edition of a rule; it begins where the one before ends; running deadlines keep theirs."""

    code: Code
    name_vi: Name
    name_en: Name
    trigger: Code
    length: Count
    measure: Measure
    rolls: bool = False
    calendar: Code
    suspension_allowed: bool = False
    suspension_most_days: Annotated[int | None, Field(ge=1, le=3650)] = None
    extensions: Annotated[list[ExtensionStep], Field(max_length=10)] = []
    basis: Basis
    source: Name
    certainty: Certainty
    valid_from: Day

    @model_validator(mode="after")
    def _fits(self) -> "DeadlineRuleCreate":
        if self.measure is Measure.HOUR and self.rolls:
            raise ValueError("A term of hours ends at its hour; it does not roll.")
        if self.suspension_most_days is not None and not self.suspension_allowed:
            raise ValueError(
                "suspension_most_days limits a suspension, so suspension_allowed must be true."
            )
        hours = any(step.measure is Measure.HOUR for step in self.extensions)
        if hours and self.measure is not Measure.HOUR:
            raise ValueError("Only a term of hours is extended by hours.")
        return self


class SimulatedPause(Input):
    """A suspension, ended or not."""

    paused_at: Moment
    resumed_at: Moment | None = None


class SimulatedExtension(Input):
    """An extension by an authority; the longest it may grant by default."""

    at: Moment
    authority: Code
    length: Annotated[int | None, Field(ge=1, le=1000)] = None


class DeadlineSimulation(Input):
    """Simulated acts on a deadline, in the order of time; of one moment, pauses come first."""

    rule: Code
    edition: Annotated[int | None, Field(ge=1, le=1000)] = None
    started_at: Moment
    pauses: Annotated[list[SimulatedPause], Field(max_length=MAX_ACTS)] = []
    extensions: Annotated[list[SimulatedExtension], Field(max_length=MAX_ACTS)] = []
    met_at: Moment | None = None
    as_of: Moment | None = None

    @model_validator(mode="after")
    def _begins_first(self) -> "DeadlineSimulation":
        if self.as_of is not None and self.as_of < self.started_at:
            raise ValueError("as_of lies before started_at.")
        return self


class SkippedDay(BaseModel):
    """A day that is not counted, and why."""

    day: date
    vi: str
    en: str


class SimulationStep(BaseModel):
    """A step of the deadline: the act, the due moment from then on, and the days not counted."""

    act: DeadlineAct
    at: datetime
    state: DeadlineState
    due_at: datetime
    vi: str
    en: str
    skipped: list[SkippedDay]


class SimulatedDeadline(BaseModel):
    """The status of the deadline, and the steps that led to it."""

    rule: str
    edition: int
    basis: str
    certainty: Certainty
    state: DeadlineState
    due_at: datetime
    due_on: date
    remaining_seconds: int | None
    remaining_days: int | None
    calendar_is_decided: bool
    steps: list[SimulationStep]
