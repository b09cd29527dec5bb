"""Periods as sources print them: days, months, quarters, years, ranges, and words."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta

from app.acceptance.words import fold

Days = tuple[date, date]
DAY_PARTS = 3  # day, month, year
MONTHS = {
    name: n
    for n, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sep sept", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
MID, END, BEGIN = ("mid", "giua"), ("end", "late", "cuoi"), ("begin", "early", "start", "dau")


@dataclass(frozen=True, slots=True)
class PublishedPeriod:
    """A period: its days where they are known, how exact they are, and the words."""

    precision: str
    words: str
    first: date | None = None
    last: date | None = None
    compared: Days | None = None


def read_period(words: str) -> PublishedPeriod:
    """Read a period; one without days that can be made out keeps its words alone."""
    text, unknown = _plain(words), PublishedPeriod("undated", words)
    versus = re.split(r"\s+(?:vs\.?|so voi)\s+", text)
    if len(versus) == 2:
        found, base = _read_days(versus[0]), _read_days(versus[1])
        if found and base:
            return PublishedPeriod(found[0], words, *found[1], compared=base[1])
        return unknown
    found = _read_days(text)
    return PublishedPeriod(found[0], words, *found[1]) if found else unknown


def _plain(words: str) -> str:
    text = words.replace("–", "-").replace("—", "-").replace("−", "-").casefold()
    return " ".join(fold(text.replace("-", "\0")).replace("\0", "-").split()).strip("- ")


def _read_days(text: str) -> tuple[str, Days] | None:
    for pattern, read in FORMS:
        if found := re.fullmatch(pattern, text):
            with suppress(ValueError):  # there is no such day or month: another form may fit
                return read(*found.groups())
    return None


def _month(year: int, month: int) -> Days:
    first = date(year, month, 1)
    return first, (first + timedelta(31)).replace(day=1) - timedelta(1)


def _months(year: str, begin: int, end: int) -> Days:
    return _month(int(year), begin)[0], _month(int(year), end)[1]


def _day(day: str, month: str, year: str) -> tuple[str, Days]:
    found = date(int(year), int(month), int(day))
    return "day", (found, found)


def _years(first: str, last: str) -> tuple[str, Days]:
    if int(last) < int(first):
        raise ValueError
    return "year", (date(int(first), 1, 1), date(int(last), 12, 31))


def _short_years(first: str, last: str) -> tuple[str, Days]:
    return "approximate", _years(first, first[:2] + last)[1]


def _range(*parts: str) -> tuple[str, Days]:
    half = len(parts) // 2
    read: Callable[..., tuple[str, Days]] = _day if half == DAY_PARTS else _month_of
    precision, begin = read(*parts[:half])
    _, end = read(*parts[half:])
    if end[1] < begin[0]:
        raise ValueError
    return precision, (begin[0], end[1])


def _month_of(month: str, year: str) -> tuple[str, Days]:
    return "month", _month(int(year), int(month))


def _named_month(name: str, year: str) -> tuple[str, Days]:
    if name not in MONTHS:
        raise ValueError
    return "month", _month(int(year), MONTHS[name])


def _around_month(how: str, name: str, year: str) -> tuple[str, Days]:
    return "approximate", _named_month(name, year)[1]


def _quarter(number: str, year: str) -> tuple[str, Days]:
    end = ROMAN[number] * 3
    return "quarter", _months(year, end - 2, end)


def _half(which: str, year: str) -> tuple[str, Days]:
    first = which in ("1", "i", "first", *BEGIN)
    return "month", _months(year, 1, 6) if first else _months(year, 7, 12)


def _around_year(how: str, year: str) -> tuple[str, Days]:
    begin, end = (5, 8) if how in MID else (10, 12) if how in END else (1, 3)
    return "approximate", _months(year, begin, end)


WHEN = (
    "(?:as of |at |on |in |by |from |tu |trong |den |tinh den |ngay |thang |launch |ra mat |nam "
    "|giai doan |period )*"
)
Form = tuple[str, Callable[..., tuple[str, Days]]]
D, Y = r"(\d{1,2})", r"(\d{4})"
AROUND = f"({'|'.join((*MID, *END, *BEGIN))})"
FORMS: tuple[Form, ...] = (
    (rf"{WHEN}{D}[/.]{D}[/.]{Y}", _day),
    (rf"{WHEN}{Y}-{D}-{D}", lambda year, month, day: _day(day, month, year)),
    (rf"{WHEN}{Y}", lambda year: _years(year, year)),
    (rf"{WHEN}{Y}\s*(?:-|to|den)\s*(?:nam )?{Y}", _years),
    (rf"{WHEN}{Y}[/-](\d\d)", _short_years),
    (rf"{WHEN}{D}/{Y}", _month_of),
    (rf"{WHEN}{D} nam {Y}", _month_of),
    (rf"{WHEN}{D}/{Y}\s*(?:-|to|den)\s*(?:thang )?{D}/{Y}", _range),
    (rf"{WHEN}{D}[/.]{D}[/.]{Y}\s*(?:-|to|den)\s*(?:ngay )?{D}[/.]{D}[/.]{Y}", _range),
    (rf"{WHEN}([a-z]+) {Y}", _named_month),
    (rf"{WHEN}{AROUND}[- ](?:of )?([a-z]+) {Y}", _around_month),
    (rf"{WHEN}{AROUND}[- ](?:of |nam )?{Y}", _around_year),
    (rf"{WHEN}(?:q|quarter|quy) ?(i{{1,3}}|iv|[1-4])[ /-](?:nam |of )?{Y}", _quarter),
    (rf"{WHEN}{Y}[- ]?q([1-4])", lambda year, number: _quarter(number, year)),
    (rf"{WHEN}(?:h|half )([12])[ /-]{Y}", _half),
    (rf"{WHEN}(first|second) half(?: of)? {Y}", _half),
    (rf"{WHEN}(?:6|06|sau) thang (dau|cuoi)(?: nam)? {Y}", _half),
)
