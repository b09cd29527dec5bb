"""A new case: the unit that is to hold it, its number, and which return it is."""

import secrets
from datetime import date
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.reintegration import (
    CasePart,
    ReintegrationAssignment,
    ReintegrationCase,
    ReintegrationIdentity,
)
from app.domain.actor import Actor, Level
from app.domain.confidential.queries import load_unit
from app.domain.deadlines.days import day_of
from app.domain.errors import DomainError
from app.domain.records.batches import refuse
from app.domain.records.kit import Edit
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.errors import DayInFuture, NoEarlierCase, VillagesHoldNone
from app.domain.reintegration.handling import queries
from app.domain.reintegration.handling.schemas import CaseCreate, CaseItem
from app.domain.reintegration.minors import check_minor
from app.domain.reintegration.seals import seal
from app.domain.units import service as units
from app.domain.units.errors import UnitNotFound

NOBODY = UUID(int=0)
FIELDS = (
    "basis", "case_number", "episode", "is_minor", "notified_on", "released_on", "unit_id",
)  # fmt: skip
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is taken for another


async def prepare_case(
    session: Session, actor: Actor, data: CaseCreate, context: CaseContext
) -> tuple[ReintegrationCase, Edit]:
    """Prepare a case with its lead and its sealed person; its key is on the disk before that."""
    day = day_of(now())
    if data.notified_on > day:
        raise DayInFuture("notified_on", day.isoformat())
    check_minor(actor, data.released_on, data.person.birth_year, is_minor=data.is_minor)
    unit = await _find_unit(session, actor, data.unit, day)
    case = await _build_case(session, actor, data, unit)
    keyring = await context.keys.create_key(case.id)
    lead = ReintegrationAssignment(
        case_id=case.id, subject=actor.subject, assigned_by=actor.subject, assigned_on=day,
        part=CasePart.LEAD,
    )  # fmt: skip
    sealed = seal(keyring, ReintegrationIdentity, case.id, data.person.model_dump())
    identity = ReintegrationIdentity(case_id=case.id, **sealed)
    return case, Edit(case, FIELDS, also=[lead, identity])


def refuse_case(index: int, refusal: DomainError) -> CaseItem:
    """Return the result of a case that was refused: its first fault, and nothing of the person."""
    fault = refuse(index, NOBODY, refusal)
    known = ("code", "pointer", "message_vi", "message_en")
    return CaseItem(index=index, **{name: getattr(fault, name) for name in known})


async def _find_unit(session: Session, actor: Actor, wanted: str, day: date) -> UUID:
    """Find the unit that is to hold a case: no village, and the country only for itself."""
    named = (wanted, day)
    id = (await units.open_units(session, actor, [named], own={named}))[named]
    if actor.level is Level.NATIONAL and id != actor.unit_id:
        raise UnitNotFound(wanted=wanted, day=day.isoformat())
    if (await load_unit(session, id)).level is Level.VILLAGE:
        raise VillagesHoldNone()
    return id


async def _build_case(
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
