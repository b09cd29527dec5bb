"""The months of a unit in the public counter: only whole months, and no small numbers.

The suppression for a commune and for its province is decided at once, or one would reveal the
other.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.tip_parts import CountedEvent
from app.db.tables.units import UnitLevel
from app.domain.tips.transparency_log import queries
from app.domain.tips.transparency_log.errors import NotCounted
from app.domain.tips.transparency_log.schemas import CounterMonth
from app.domain.tips.transparency_log.small_cells import find_suppressed
from app.domain.units import queries as map_

COUNTRY, WHOLE = "VN", "whole"
LEVELS = (UnitLevel.NATIONAL, UnitLevel.PROVINCE, UnitLevel.COMMUNE)
Part = UUID | str | None  # None: what lies in none of the parts
Numbers = Mapping[Any, int]  # by part
Of = tuple[date, CountedEvent]
Steps = Sequence[tuple[Part, Mapping[Of, Numbers]]]


async def count_months(
    session: Session, wanted: str | None, year: int, today: date
) -> list[CounterMonth]:
    """Count by month the tips that a unit and those below it received and answered."""
    code = wanted or COUNTRY
    place = (await map_.find_units(session, [(code, today)])).get((code, today))
    if place is None or not place.stands_on(today) or place.level not in LEVELS:
        raise NotCounted(wanted=code)
    first, until = date(year, 1, 1), min(date(year + 1, 1, 1), today.replace(day=1))
    steps = await _load_steps(session, place.level, place.id, first, until)
    return [_build_month(month, steps) for month in _list_months(first, until)]


async def _load_steps(
    session: Session, level: UnitLevel, unit: UUID, first: date, until: date
) -> Steps:
    """Load the numbers from the country down to a unit, with the part to follow at each step."""
    in_country = await _load_parts(session, UnitLevel.NATIONAL, unit, first, until)
    if level is UnitLevel.NATIONAL:
        return [(WHOLE, in_country)]
    if level is UnitLevel.PROVINCE:
        return [(unit, in_country)]
    province = await queries.find_province(session, unit)
    in_province = await _load_parts(session, UnitLevel.PROVINCE, province, first, until)
    return [(province, in_country), (unit, in_province)]


async def _load_parts(
    session: Session, level: UnitLevel, unit: UUID | None, first: date, until: date
) -> dict[Of, dict[Part, int]]:
    found: dict[Of, dict[Part, int]] = {}
    for row in await queries.count_parts(session, level, unit, first, until):
        found.setdefault((row.month, CountedEvent(row.event)), {})[row.part] = row.number
    return found


def _build_month(month: date, steps: Steps) -> CounterMonth:
    received, answered, late = (
        publish_number([(part, parts.get((month, event), {})) for part, parts in steps])
        for event in CountedEvent
    )
    suppressed = None in (received, answered, late)
    return CounterMonth(
        month=month, received=received, answered_in_time=answered, late=late, suppressed=suppressed
    )


def publish_number(steps: Sequence[tuple[Part, Numbers]]) -> int | None:
    """Return the number of the last step, or None where it, or one above it, is suppressed."""
    number, withheld = 0, set[Part]()
    for part, parts in steps:
        numbers: dict[Part, int] = {part: 0, **parts} | {WHOLE: sum(parts.values())}
        suppressed = find_suppressed(numbers, [list(numbers)], withheld=withheld)
        number, withheld = numbers[part], {WHOLE} if part in suppressed else set()
    return None if withheld else number


def _list_months(first: date, until: date) -> Iterator[date]:
    month = first
    while month < until:
        yield month
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
