"""The unit of a question: on which map it is looked for, and whether it is the caller's."""

from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor
from app.domain.arguments import AS_RECORDED
from app.domain.figures import map_queries
from app.domain.figures.form import CHILD, PLACES
from app.domain.figures.question import Place
from app.domain.records.windows import Period
from app.domain.units import queries as units
from app.domain.units import service as unit_service


async def find_place(
    session: Session, actor: Actor, wanted: str, boundary: str, period: Period, today: date
) -> Place:
    """Find a unit on the map of a boundary, else on that of the end or the begin of a window."""
    fixed = None
    if boundary != AS_RECORDED:
        fixed = unit_service.boundary_day(boundary, recorded=today)
    days = [*([fixed] if fixed else []), min(period.last, today), period.first]
    found = await units.find_units(session, [(wanted, day) for day in dict.fromkeys(days)])
    for day in days:
        unit = found.get((wanted, day))
        if unit and unit.stands_on(day):
            own = bool(await units.within(session, actor, [unit.id]))
            return Place(unit, day, boundary, fixed, own)
    raise await unit_service.unit_not_found(session, wanted, days[0])


async def choose_level(session: Session, place: Place, by: str) -> str | None:
    """Return the level of the parts by which a figure is split; None where it has no parts."""
    if by != CHILD:
        return by
    below = await map_queries.list_levels_below(session, place.unit.id, place.map_day)
    return next((level for level in PLACES if level in below), None)


def unit_or_country(place: Place) -> UUID | None:
    """Return the unit of a question; None for the whole country."""
    return None if place.unit.level is UnitLevel.NATIONAL else place.unit.id
