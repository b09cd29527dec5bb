"""The shipped calendar and terms to try deadlines on, without a database."""

import csv
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from app.data import SHIPPED
from app.db.tables.calendars import (
    Certainty,
    DayKind,
)
from app.db.tables.deadlines import (
    Measure,
)
from app.domain.deadlines.days import COUNTRY_TIME, Days, Length, NamedDay
from app.domain.deadlines.terms import DeadlineTerm, ExtensionRule

FILE = SHIPPED / "calendars" / "days.csv"
HEAD, PROCURACY = "investigating_agency_head", "procuracy_head"


def load_shipped_days() -> Days:
    """The calendar as it is shipped."""
    with FILE.open(encoding="utf-8") as file:
        named = {
            date.fromisoformat(row["day"]): NamedDay(
                DayKind(row["kind"]), row["name_vi"], row["name_en"], Certainty(row["certainty"])
            )
            for row in csv.DictReader(file)
        }
    return Days(frozenset({"saturday", "sunday"}), named)


DAYS = load_shipped_days()


def term(
    count: int, measure: Measure, *, rolls: bool = False, most: int | None = None
) -> DeadlineTerm:
    """A term that may be suspended and extended twice."""
    two = Length(2, Measure.HOUR if measure is Measure.HOUR else Measure.MONTH)
    steps = (ExtensionRule(two, HEAD), ExtensionRule(two, PROCURACY))
    longest = timedelta(days=most) if most else None
    return DeadlineTerm(Length(count, measure), rolls, steps, True, longest)


def at(text: str) -> datetime:
    """A moment in the time of the country, as 2026-02-10 08:00."""
    return datetime.fromisoformat(text).replace(tzinfo=COUNTRY_TIME)


moments = st.datetimes(datetime(2020, 1, 2), datetime(2029, 6, 1)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=COUNTRY_TIME)
)
