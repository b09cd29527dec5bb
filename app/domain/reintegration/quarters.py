"""The reports of helpers: due in the first days of each quarter (TT 10/2024/TT-BCA, Đ.10)."""

from datetime import date, datetime, timedelta

from app.db.session import Session
from app.domain.actor import Actor, Level
from app.domain.deadlines import lifecycle
from app.domain.deadlines.days import day_of, end_of
from app.domain.reintegration import queries
from app.domain.reintegration.rule_codes import QUARTER_REPORT, RESOURCE

SYSTEM = "system"
MONTHS = 3


def find_first_day(day: date) -> date:
    """Return the first day of the quarter of a day."""
    return day.replace(month=day.month - (day.month - 1) % MONTHS, day=1)


async def start_quarter_reports(session: Session, at: datetime) -> int:
    """Start the time limit of this quarter for each case in support; return for how many."""
    first = find_first_day(day_of(at))
    begin = end_of(first - timedelta(days=1)) - timedelta(seconds=1)  # its first day counts
    cases = await queries.list_cases_in_support(session, begin)
    for id, unit in cases:
        system = Actor(SYSTEM, frozenset(), Level.NATIONAL, unit)
        await lifecycle.start_deadline(session, system, RESOURCE, id, unit, QUARTER_REPORT, begin)
    return len(cases)
