"""Unit look-ups for other features: find a unit, check that it is open, choose the map's day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.domain.actor import Actor
from app.domain.errors import NotFound
from app.domain.records.map_locks import lock_named
from app.domain.units import queries
from app.domain.units.errors import NotABoundary, UnitClosed, UnitNotFound
from app.domain.units.queries import UnitOnDate
from app.domain.units.shape import today

Named = tuple[str, date]


async def open_units(
    session: Session, actor: Actor, wanted: Sequence[Named], *, own: set[Named]
) -> dict[Named, UUID]:
    """Return units to record something for, each on its day; those of `own` must be the actor's.

    The map is locked against changes until the transaction ends.
    """
    await lock_named(session, wanted)
    (rows,) = await session.exec_all(queries.select_own_units(actor, wanted))
    return await judge_open_units(session, rows, wanted, own=own)


async def judge_open_units(
    session: Session, rows: Iterable[Any], wanted: Sequence[Named], *, own: set[Named]
) -> dict[Named, UUID]:
    """Return the units that were found for a record, or refuse the first that is not open."""
    found = queries.read_own_units(rows)
    for name, day in wanted:
        unit, mine = found.get((name, day), (None, False))
        if unit is None or ((name, day) in own and not mine):
            raise UnitNotFound(wanted=name, day=day.isoformat())
        if not unit.stands_on(day):
            raise await unit_closed(session, unit)
    return {named: unit.id for named, (unit, _) in found.items()}


async def open_own_unit(session: Session, actor: Actor) -> None:
    """Refuse an actor whose own unit has ended: nothing is entered for it any more."""
    own = (str(actor.unit_id), today())
    await open_units(session, actor, [own], own={own})


async def unit_closed(session: Session, unit: UnitOnDate) -> UnitClosed:
    """Return the error for a unit that has ended, with its successors that stand today."""
    known_successors = [
        {"id": str(one.unit_id), "code": one.code, "name": one.name, "is_main": one.is_main}
        for one in await queries.find_standing_successors(session, [unit.id])
    ]
    return UnitClosed(
        name=unit.name, closed_on=unit.valid_to.isoformat(), successors=known_successors
    )


async def on_either_day(
    session: Session, actor: Actor, wanted: str, first: date, second: date
) -> tuple[UnitOnDate, date]:
    """Find a unit of the actor that exists on the first day, or else the second; and that day."""
    found = await queries.find_units(session, [(wanted, first), (wanted, second)])
    mine = await queries.within(session, actor, (unit.id for unit in found.values()))
    for day in (first, second):
        unit = found.get((wanted, day))
        if unit and unit.id in mine and unit.stands_on(day):
            return unit, day
    raise await unit_not_found(session, wanted, first)


async def unit_not_found(session: Session, wanted: str, day: date) -> NotFound:
    """Return the error for a unit that does not exist on a day, with its successors."""
    successors = await queries.find_successors(session, wanted)
    return UnitNotFound(wanted=wanted, day=day.isoformat(), successors=successors)


async def check_exists(session: Session, wanted: str, day: date) -> None:
    """Refuse a unit that does not exist on a day."""
    if not await queries.exists(session, wanted, day):
        raise await unit_not_found(session, wanted, day)


def boundary_day(boundary: str, *, recorded: date) -> date:
    """Return the day whose map a report uses."""
    if boundary == "as_recorded":
        return recorded
    if boundary == "current":
        return today()
    try:
        return date.fromisoformat(boundary.removeprefix("as_of:"))
    except ValueError as error:
        raise NotABoundary(given=boundary) from error
