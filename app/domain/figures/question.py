"""Questions about figures: unit, days, map, split and filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.figures.errors import FutureWindow, WindowNeeded, WindowTooLong, WindowTurned
from app.domain.figures.form import MONTH
from app.domain.figures.schemas import Comparison
from app.domain.records.windows import Period, find_period, shift
from app.domain.units.queries import UnitOnDate

MAX_YEARS, MAX_YEARS_BY_MONTH = 100, 10


@dataclass(frozen=True, slots=True)
class Place:
    """The unit of a question, and the maps on which it is looked for."""

    unit: UnitOnDate
    unit_day: date  # a day on which it stands
    boundary: str
    boundary_day: date | None  # None: each fact on the map of its own day
    own: bool  # the caller's unit, or one below it

    @property
    def map_day(self) -> date:
        """Return the day whose map names the parts of the unit."""
        return self.boundary_day or self.unit_day


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a figure."""

    place: Place
    period: Period
    today: date
    filters: Mapping[str, Sequence[str]]
    by: str | None = None
    compared: Period | None = None

    @property
    def periods(self) -> list[Period]:
        """Return all periods that are added up: the whole, the one compared with, the months."""
        compared = [self.compared] if self.compared else []
        return [self.period, *compared, *self.months]

    @property
    def months(self) -> list[Period]:
        """Return the months of the window, the first and the last cut where it begins and ends."""
        return split_months(self.period) if self.by == MONTH else []

    def on(self, period: Period) -> date:
        """Return the day on which lasting facts of a period are counted: none of the future."""
        return min(period.last, self.today)


def choose_period(
    window: str | None, since: date | None, until: date | None, *, today: date
) -> Period:
    """Return the days of a question: those of a window, or those that were named."""
    if window is not None:
        if since is not None or until is not None:
            raise WindowNeeded()
        period = find_period(window)
    elif since is None or until is None:
        raise WindowNeeded()
    else:
        period = Period(since, until)
    if period.last < period.first:
        raise WindowTurned(since=period.first.isoformat(), until=period.last.isoformat())
    if period.first > today:
        raise FutureWindow(since=period.first.isoformat())
    return period


def check_length(period: Period, by: str | None) -> None:
    """Refuse a window of more years, or months, than one answer takes."""
    most = MAX_YEARS_BY_MONTH if by == MONTH else MAX_YEARS
    if period.last >= shift(period.first, most * 12):
        raise WindowTooLong(most=MAX_YEARS, most_by_month=MAX_YEARS_BY_MONTH)


def choose_compared(period: Period, kind: Comparison | None) -> Period | None:
    """Return the window to compare with: the same one a year before, or the one before."""
    if kind is None:
        return None
    if kind is Comparison.SAME_PERIOD_LAST_YEAR:
        return _back(period, 12)
    if (months := _count_months(period)) is not None:
        return _back(period, months)
    days = (period.last - period.first).days + 1
    return Period(period.first - timedelta(days), period.first - timedelta(1))


def _back(period: Period, months: int) -> Period:
    """Move a period back; it ends where the next one would begin, so that months stay whole."""
    end = period.last + timedelta(1)
    return Period(shift(period.first, -months), shift(end, -months) - timedelta(1))


def _count_months(period: Period) -> int | None:
    """Return how many months a period lasts, from a day of a month to the same of another."""
    end = period.last + timedelta(1)
    if end.day != period.first.day:
        return None
    return (end.year - period.first.year) * 12 + end.month - period.first.month


def split_months(period: Period) -> list[Period]:
    """Split a period into months of the calendar."""
    found, first = list[Period](), period.first
    while first <= period.last:
        end = shift(first.replace(day=1), 1) - timedelta(1)
        found.append(Period(first, min(end, period.last)))
        first = end + timedelta(1)
    return found
