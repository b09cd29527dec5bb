"""Decisions about years of service: which days make one, and who has served long enough in it."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from app.db.tables.team_members import RatingTerms
from app.domain.forces.errors import ServedTooShort, WindowOpen


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a year of service, the last one too."""

    begin: date
    end: date


def window(terms: RatingTerms, year: int) -> Window:
    """From which day until which the service of a year is rated."""
    return Window(
        date(year - 1, terms.begin_month, terms.begin_day),
        date(year, terms.end_month, terms.end_day),
    )


def check_rated(
    terms: RatingTerms, year: int, served: Iterable[tuple[date, date]], *, today: date
) -> Window:
    """Refuse to rate a year that is not over, or of which somebody served too little."""
    of = window(terms, year)
    if today <= of.end:
        raise WindowOpen(year=year, window_to=of.end.isoformat())
    after = of.end + timedelta(days=1)
    days = sum(max((min(u, after) - max(s, of.begin)).days, 0) for s, u in served)
    if days < (after - months_before(after, terms.least_months)).days:
        raise ServedTooShort(year=year, least_months=terms.least_months)
    return of


def months_before(day: date, months: int) -> date:
    """The day so many months earlier, or the last of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
