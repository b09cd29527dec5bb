"""Inputs for days, rules and simulations, and the result of a simulation."""

from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import BaseModel, Field, model_validator

from app.db.tables.calendars import (
    Certainty,
    DayKind,
)
from app.db.tables.deadlines import (
    DeadlineAct,
    DeadlineState,
    Measure,
)
from app.domain.records.schemas import StrictInput
from app.domain.records.types import DAY, LINE, MOMENT, NUMBER, Code, Flag, Name
from app.domain.values import InvalidValue

MAX_ACTS = 20
MAX_DAYS = 100


LEAST, MOST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
Moment = Annotated[datetime, Field(ge=LEAST, lt=MOST), MOMENT]
Day = Annotated[date, Field(ge=LEAST.date(), lt=MOST.date()), DAY]
Basis = Annotated[str, Field(min_length=1, max_length=500), LINE]
Count = Annotated[int, Field(ge=1, le=1000), NUMBER]


class CalendarDayEntry(StrictInput):
    """A day decided to be a holiday, or a working day in exchange for another."""

    day: Day
    kind: DayKind
    name_vi: Name
    name_en: Name
    basis: Basis
    certainty: Certainty = Certainty.VERIFIED


class CalendarDaysAdd(StrictInput):
    """Days for a calendar: all of them, or none."""

    days: Annotated[list[CalendarDayEntry], Field(min_length=1, max_length=MAX_DAYS)]
    replace: Flag = False

    @model_validator(mode="after")
    def _once(self) -> "CalendarDaysAdd":
        if len({entry.day for entry in self.days}) < len(self.days):
            raise InvalidValue("day_twice", "A day is given twice.", "Có ngày bị nêu hai lần.")
        return self


class ExtensionStep(StrictInput):
    """A permitted extension of a time limit: by how much, how often, by which authority."""

    length: Count
    measure: Measure
    times: Annotated[int, Field(ge=1, le=10), NUMBER] = 1
    authority: Code
    basis: Basis


class DeadlineRuleCreate(StrictInput):
    """An edition of a rule; it begins where the one before ends; running deadlines keep theirs."""

    code: Code
    name_vi: Name
    name_en: Name
    trigger: Code
    length: Count
    measure: Measure
    rolls: Flag = False
    calendar: Code
    suspension_allowed: Flag = False
    suspension_most_days: Annotated[int, Field(ge=1, le=3650), NUMBER] | None = None
    extensions: Annotated[list[ExtensionStep], Field(max_length=10, default_factory=list)]
    basis: Basis
    source: Name
    certainty: Certainty
    valid_from: Day

    @model_validator(mode="after")
    def _fits(self) -> "DeadlineRuleCreate":
        if self.measure is Measure.HOUR and self.rolls:
            raise InvalidValue(
                "hours_do_not_roll",
                "A term of hours ends at its hour; it does not roll.",
                "Thời hạn tính bằng giờ kết thúc đúng giờ, không lùi sang ngày khác.",
            )
        if self.suspension_most_days is not None and not self.suspension_allowed:
            raise InvalidValue(
                "suspension_not_allowed",
                "suspension_most_days limits a suspension, so suspension_allowed must be true.",
                "suspension_most_days giới hạn việc tạm dừng nên suspension_allowed phải là true.",
            )
        hours = any(step.measure is Measure.HOUR for step in self.extensions)
        if hours and self.measure is not Measure.HOUR:
            raise InvalidValue(
                "extended_by_hours",
                "Only a term of hours is extended by hours.",
                "Chỉ thời hạn tính bằng giờ mới được gia hạn theo giờ.",
            )
        return self


class SimulatedPause(StrictInput):
    """A suspension, ended or not."""

    paused_at: Moment
    resumed_at: Moment | None = None


class SimulatedExtension(StrictInput):
    """An extension by an authority; the longest it may grant by default."""

    at: Moment
    authority: Code
    length: Count | None = None


class DeadlineSimulation(StrictInput):
    """Simulated acts on a deadline, in the order of time; of one moment, pauses come first."""

    rule: Code
    edition: Count | None = None
    started_at: Moment
    pauses: Annotated[list[SimulatedPause], Field(max_length=MAX_ACTS, default_factory=list)]
    extensions: Annotated[
        list[SimulatedExtension], Field(max_length=MAX_ACTS, default_factory=list)
    ]
    met_at: Moment | None = None
    as_of: Moment | None = None

    @model_validator(mode="after")
    def _begins_first(self) -> "DeadlineSimulation":
        if self.as_of is not None and self.as_of < self.started_at:
            raise InvalidValue(
                "as_of_before_start",
                "as_of lies before started_at.",
                "as_of trước started_at.",
            )
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
