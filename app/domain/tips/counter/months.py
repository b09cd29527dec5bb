"""The months of a unit in the public counter: those that are over, and no small numbers.

What is told of a commune and of its province is decided at once, or one would betray the other.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.tip_parts import CountedEvent
from app.db.tables.units import UnitLevel
from app.domain.tips.counter import queries
from app.domain.tips.counter.errors import NotCounted
from app.domain.tips.counter.schemas import CounterMonth
from app.domain.tips.counter.suppressing import hidden
from app.domain.units import queries as map_

COUNTRY, WHOLE = "VN", "whole"
TOLD_BY = (UnitLevel.NATIONAL, UnitLevel.PROVINCE, UnitLevel.COMMUNE)
Part = UUID | str | None  # of what lies in none of the parts, None
Numbers = Mapping[Any, int]  # by part
Of = tuple[date, CountedEvent]


async def months_of(
    session: Session, wanted: str | None, year: int, today: date
) -> list[CounterMonth]:
    """What a unit and those below it received and answered, by month; of months that are over."""
    code = wanted or COUNTRY
    place = (await map_.find_units(session, [(code, today)])).get((code, today))
    if place is None or not place.stands_on(today) or place.level not in TOLD_BY:
        raise NotCounted(wanted=code)
    first, until = date(year, 1, 1), min(date(year + 1, 1, 1), today.replace(day=1))
    steps = await _steps(session, place.level, place.id, first, until)
    return [_month(month, steps) for month in _months(first, until)]


async def _steps(
    session: Session, level: UnitLevel, unit: UUID, first: date, until: date
) -> Sequence[tuple[Part, Mapping[Of, Numbers]]]:
    """From the country down to the unit asked for: which part is meant, and of which parts."""
    in_country = await _parts(session, UnitLevel.NATIONAL, unit, first, until)
    if level is UnitLevel.NATIONAL:
        return [(WHOLE, in_country)]
    if level is UnitLevel.PROVINCE:
        return [(unit, in_country)]
    province = await queries.province_of(session, unit)
    in_province = await _parts(session, UnitLevel.PROVINCE, province, first, until)
    return [(province, in_country), (unit, in_province)]


async def _parts(
    session: Session, level: UnitLevel, unit: UUID | None, first: date, until: date
) -> dict[Of, dict[Part, int]]:
    found: dict[Of, dict[Part, int]] = {}
    for row in await queries.parts(session, level, unit, first, until):
        found.setdefault((row.month, CountedEvent(row.event)), {})[row.part] = row.number
    return found


def _month(month: date, steps: Sequence[tuple[Part, Mapping[Of, Numbers]]]) -> CounterMonth:
    received, answered, late = (
        told([(part, parts.get((month, event), {})) for part, parts in steps])
        for event in CountedEvent
    )
    kept_back = None in (received, answered, late)
    return CounterMonth(
        month=month, received=received, answered_in_time=answered, late=late, suppressed=kept_back
    )


def told(steps: Sequence[tuple[Part, Numbers]]) -> int | None:
    """A number of the last step, if it is told there: what is kept back above is so below."""
    number, kept_back = 0, set[Part]()
    for part, parts in steps:
        numbers: dict[Part, int] = {part: 0, **parts} | {WHOLE: sum(parts.values())}
        found = hidden(numbers, [list(numbers)], kept_back=kept_back)
        number, kept_back = numbers[part], {WHOLE} if part in found else set()
    return None if kept_back else number


def _months(first: date, until: date) -> Iterator[date]:
    month = first
    while month < until:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
