"""Working days and days off: calculate terms on a calendar."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.db.tables.calendars import (
    Certainty,
    DayKind,
)
from app.db.tables.deadlines import (
    Measure,
)
from app.domain.records.days import COUNTRY_TIME as COUNTRY_TIME
from app.domain.records.days import today as today

ONE_DAY, ONE_SECOND = timedelta(days=1), timedelta(seconds=1)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A decision about one day."""

    kind: DayKind
    vi: str
    en: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Days:
    """A calendar, ready to calculate terms."""

    weekly_rest: frozenset[str]
    named: Mapping[date, NamedDay]

    def is_off(self, day: date) -> bool:
        """Return whether a day is off; a decision about it goes before its weekday."""
        if decided := self.named.get(day):
            return decided.kind is DayKind.HOLIDAY
        return WEEKDAYS[day.weekday()] in self.weekly_rest

    def count_working_days(self, first: date, last: date) -> int:
        """Count the working days from one day to another, both included."""
        return sum(not self.is_off(day) for day in days_between(first, last))

    def days_off(self, first: date, last: date) -> list[date]:
        """Return the days off from one day to another, both included."""
        return [day for day in days_between(first, last) if self.is_off(day)]

    def nth_working_day(self, first: date, number: int = 1) -> date:
        """Return the working day with this number, counted from and including a day."""
        day = first
        while True:
            number -= not self.is_off(day)
            if number <= 0:
                return day
            day += ONE_DAY

    def is_decided(self, first: date, last: date) -> bool:
        """Return whether the days off of all years between two days are known, not projected."""
        known = {day.year for day in self.named}
        projected = {d.year for d, n in self.named.items() if n.certainty is Certainty.PROJECTED}
        return set(range(first.year, last.year + 1)) <= known - projected


@dataclass(frozen=True, slots=True)
class Length:
    """The length of a term, or of an extension."""

    count: int
    measure: Measure

    def after(self, moment: datetime, last: date, days: Days) -> datetime:
        """Extend a term that went up to a moment on a last day; return its new end."""
        match self.measure:
            case Measure.HOUR:
                return moment + timedelta(hours=self.count)
            case Measure.CALENDAR_DAY:
                return moment + timedelta(days=self.count)
            case Measure.WORKING_DAY:
                return moment + (days.nth_working_day(last + ONE_DAY, self.count) - last)
            case Measure.MONTH:
                return moment + (months_later(last, self.count) - last)


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield every day from one to another, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last of a month that has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def in_country_time(moment: datetime) -> datetime:
    """Convert a moment to the time of the country, to the second."""
    return moment.astimezone(COUNTRY_TIME).replace(microsecond=0)


def day_of(moment: datetime) -> date:
    return moment.astimezone(COUNTRY_TIME).date()


def last_day(end: datetime) -> date:
    """Return the day in whose course, or with whose last moment, a term ends."""
    return day_of(end - ONE_SECOND)


def end_of(day: date) -> datetime:
    """Return 24:00 of a day, which is 00:00 of the next."""
    return datetime.combine(day + ONE_DAY, time(), COUNTRY_TIME)
