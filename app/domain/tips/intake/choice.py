"""The choice of a route by the units that an informant names, to anybody or to an officer."""

from collections.abc import Sequence
from typing import Protocol

from app.db.session import Session
from app.domain.deadlines.days import today
from app.domain.tips.intake import unit_lookup
from app.domain.tips.intake.errors import NoSuchUnit
from app.domain.tips.routes import Lineage, Route, choose_route
from app.domain.units import queries as units
from app.domain.units.service import unit_closed


class NamedUnits(Protocol):
    """The units that an informant names: excluded ones, and the one of the officials."""

    not_to: list[str]
    about_officials_of: str | None


async def choose_tip_route(
    session: Session, wanted: str, given: NamedUnits, *, pointer: str = "/unit_code"
) -> Route:
    """Choose the route of a tip by the units that its informant has named."""
    about = [given.about_officials_of] if given.about_officials_of else []
    named = [wanted, *about, *given.not_to]
    pointers = [pointer, *["/about_officials_of"] * len(about)]
    pointers += [f"/not_to/{number}" for number in range(len(given.not_to))]
    found = await find_open_lineages(session, named, pointers)
    return choose_route(found[0], found[1] if about else None, found[1 + len(about) :])


async def find_open_lineages(
    session: Session, wanted: Sequence[str], pointers: Sequence[str], **place: str
) -> list[Lineage]:
    """Find units that stand today, each with what it lies in; refuse by the place of the name."""
    day = today()
    found = await unit_lookup.find_lineages(session, wanted, day)
    for lineage, pointer in zip(found, pointers, strict=True):
        if not lineage:
            raise NoSuchUnit(pointer, **place)
        unit = lineage[0]
        if not unit.stands_on(day):
            known = await units.find_units_by_id(session, [unit.id], day)
            raise await unit_closed(session, known[unit.id])
    return found
