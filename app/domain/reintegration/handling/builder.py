"""A new case: the unit that is to hold it, its number, and which return it is."""

import secrets
from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.reintegration import ReintegrationCase
from app.domain.actor import Actor, Level
from app.domain.confidential.queries import load_unit
from app.domain.reintegration.errors import NoEarlierCase, VillagesHoldNone
from app.domain.reintegration.handling import queries
from app.domain.reintegration.handling.schemas import CaseCreate
from app.domain.units import service as units
from app.domain.units.errors import UnitNotFound

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another


async def find_unit(session: Session, actor: Actor, wanted: str, day: date) -> UUID:
    """Find the unit that is to hold a case: no village, and the country only for itself."""
    named = (wanted, day)
    id = (await units.open_units(session, actor, [named], own={named}))[named]
    if actor.level is Level.NATIONAL and id != actor.unit_id:
        raise UnitNotFound(wanted=wanted, day=day.isoformat())
    if (await load_unit(session, id)).level is Level.VILLAGE:
        raise VillagesHoldNone()
    return id


async def build_case(
    session: Session, actor: Actor, data: CaseCreate, unit: UUID
) -> ReintegrationCase:
    """Build a case of a unit, numbered at random; of a person's second return the number of it."""
    episode = 1
    if data.follows:
        earlier = await queries.find_earlier_case(session, actor, data.follows)
        if earlier is None:
            raise NoEarlierCase()
        episode = earlier.episode + 1
    return ReintegrationCase(
        unit_id=unit, case_number=_draw_number(data.notified_on), basis=data.basis,
        notified_on=data.notified_on, released_on=data.released_on, is_minor=data.is_minor,
        episode=episode, follows_id=data.follows,
    )  # fmt: skip


def _draw_number(day: date) -> str:
    """Draw a number that says the year of the notice and nothing of the person."""
    return f"HN-{day.year}-" + "".join(secrets.choice(LETTERS) for _ in range(8))
