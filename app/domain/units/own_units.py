"""Units of many inputs at once: each is the actor's own and stands on its day, or is refused."""

from collections.abc import Iterable, Sequence
from typing import Any

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
    (rows,) = await session.exec_all(queries.select_own_units(actor, named))
    return await judge_units(session, named, rows)


async def judge_units(session: Session, named: Iterable[Named], rows: Iterable[Any]) -> OwnUnits:
    """Return each unit that was found as the actor's own on its day, or its refusal."""
    found, known = queries.read_own_units(rows), OwnUnits()
    for name, day in named:
        unit, is_own = found.get((name, day), (None, False))
        if unit is None or not is_own:
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
