"""Codes that lost their zeros in a spreadsheet: 2083 for 02083."""

from collections.abc import Iterable
from datetime import date

from app.db.session import Session
from app.domain.actor import Actor
from app.domain.units import queries
from app.domain.units.errors import CodeLacksZeros

COMMUNE_DIGITS = 5


async def find_likely_codes(
    session: Session, actor: Actor, wanted: Iterable[tuple[str, date]]
) -> dict[tuple[str, date], CodeLacksZeros]:
    """Return, for each code that names a unit of the actor's once it has its zeros, the error."""
    short = {
        (code, day): code.zfill(COMMUNE_DIGITS)
        for code, day in wanted
        if code.isascii() and code.isdigit() and len(code) < COMMUNE_DIGITS
    }
    found = await queries.find_units(session, [(full, day) for (_, day), full in short.items()])
    own = await queries.within(session, actor, {unit.id for unit in found.values()})
    return {
        (code, day): CodeLacksZeros(wanted=code, likely=full, name=unit.name, day=day.isoformat())
        for (code, day), full in short.items()
        if (unit := found.get((full, day))) and unit.id in own
    }
