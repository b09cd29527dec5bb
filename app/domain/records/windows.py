"""Reporting windows: the periods for which figures are reported, which are data."""

import csv
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pydantic import BaseModel

from app.data import SHIPPED
from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.errors import Invalid

FILE = SHIPPED / "reporting_windows" / "windows.csv"
NAME = re.compile(r"([a-z_]{1,60}):(\d{4})(?:-(\d{1,2}))?", re.ASCII)
YEARS = (1900, 2190)  # so that no window leaves the days that can be entered


class NotAWindow(Invalid):
    """Refuse a window that does not exist; the error lists the known names."""

    code = "not_a_window"
    en = "{given} is no reporting window. Known: {_known}."
    vi = "{given} không phải kỳ báo cáo. Các kỳ đã biết: {_known}."

    def __init__(self, given: str, known: list[str]) -> None:
        super().__init__(given=given, known=known, _known=", ".join(known))


class ReportingWindow(BaseModel):
    """A kind of window: how long it lasts, when it begins, and the text that sets it."""

    code: str
    vi: str
    en: str
    months: int
    step_months: int
    first_month: int
    first_day: int
    valid_from: date | None = None
    valid_to: date | None = None
    basis: str | None = None
    source: str | None = None
    certainty: str | None = None

    @property
    def number(self) -> int:
        """Return how many windows begin in a year."""
        return max(1, 12 // self.step_months)


class ReportingWindowList(BaseModel):
    """All kinds of reporting windows."""

    items: list[ReportingWindow]


@dataclass(frozen=True, slots=True)
class Period:
    """A period of days; the last one belongs to it."""

    first: date
    last: date

    @property
    def whole_months(self) -> bool:
        """Return whether it consists of whole months of the calendar."""
        return self.first.day == 1 and (self.last + timedelta(1)).day == 1

    @property
    def whole_years(self) -> bool:
        """Return whether it consists of whole years of the calendar."""
        end = self.last + timedelta(1)
        return (self.first.month, self.first.day, end.month, end.day) == (1, 1, 1, 1)


@operation(Permission.VOCABULARY_READ)
async def reporting_windows(session: Session, actor: Actor) -> ReportingWindowList:
    """List the kinds of reporting windows, each with the text that sets it."""
    return ReportingWindowList(items=list(load_windows().values()))


def find_period(name: str) -> Period:
    """Return the days of a window such as `calendar_quarter:2024-3`."""
    named = NAME.fullmatch(name)
    window = load_windows().get(named.group(1)) if named else None
    if named is None or window is None:
        raise NotAWindow(given=name, known=sorted(load_windows()))
    year, number = int(named.group(2)), int(named.group(3) or 1)
    missing = named.group(3) is None and window.number > 1
    if missing or not 1 <= number <= window.number or not YEARS[0] <= year <= YEARS[1]:
        raise NotAWindow(given=name, known=_list_names(window))
    begin = window.first_month + (number - 1) * window.step_months
    first = _add_months(year, begin, window.first_day)
    return Period(first, _add_months(year, begin + window.months, window.first_day) - timedelta(1))


def shift(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a shorter month."""
    first = _add_months(day.year, day.month - 1 + months, 1)
    end = _add_months(first.year, first.month, 1)
    return min(first + timedelta(day.day - 1), end - timedelta(1))


def _add_months(year: int, months: int, day: int) -> date:
    """Return a day of the month that lies so many months after January of a year."""
    return date(year + months // 12, months % 12 + 1, day)


def _list_names(window: ReportingWindow) -> list[str]:
    many = window.number > 1
    return [f"{window.code}:YEAR" + (f"-{n}" if many else "") for n in range(1, window.number + 1)]


@cache
def load_windows() -> dict[str, ReportingWindow]:
    """Load all kinds of windows that are shipped, by code."""
    with FILE.open(encoding="utf-8") as file:
        lines = [{n: v for n, v in line.items() if v} for line in csv.DictReader(file)]
    return {line["code"]: ReportingWindow.model_validate(line) for line in lines}
