"""Units of many inputs at once: each is the actor's own and stands on its day, or is refused."""

from collections.abc import Sequence

from app.db.session import Session
from app.domain.actor import Actor
from app.domain.errors import DomainError
from app.domain.records.map_locks import lock_named
from app.domain.units import queries
from app.domain.units.errors import UnitNotFound
from app.domain.units.queries import UnitOnDate
from app.domain.units.service import Named, unit_closed

OwnUnits = dict[Named, UnitOnDate | DomainError]


async def find_own_units(session: Session, actor: Actor, wanted: Sequence[Named]) -> OwnUnits:
    """Return each unit on its day, or its refusal; the map is locked until the end."""
    named = list(dict.fromkeys(wanted))
    await lock_named(session, named)
    found = await queries.find_units(session, named)
    mine = await queries.within(session, actor, {unit.id for unit in found.values()})
    known: OwnUnits = {}
    for name, day in named:
        unit = found.get((name, day))
        if unit is None or unit.id not in mine:
            known[name, day] = UnitNotFound(wanted=name, day=day.isoformat())
        elif not unit.stands_on(day):
            known[name, day] = await unit_closed(session, unit)
        else:
            known[name, day] = unit
    return known


def take_unit(units: OwnUnits, named: Named) -> UnitOnDate:
    """Return the unit of one input; raise its refusal."""
    unit = units[named]
    if isinstance(unit, DomainError):
        raise unit
    return unit
