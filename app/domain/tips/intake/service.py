"""What anybody can do: hand in a tip, and see where to and on which terms."""

from collections.abc import Sequence
from typing import Any

from app.db.session import Session
from app.db.tables.records import Act
from app.domain.deadlines.days import today
from app.domain.tips.intake import answering, places, queries
from app.domain.tips.intake.admitting import admit
from app.domain.tips.intake.answering import Once
from app.domain.tips.intake.errors import NoSuchUnit
from app.domain.tips.intake.kinds import MOST_FILE_BYTES, MOST_FILES, MOST_TEXT, NAMES, TAKEN
from app.domain.tips.intake.schemas import (
    KindTold,
    PublicUnit,
    PublicUnits,
    Terms,
    TipGiven,
    TipTaken,
    UnitTold,
)
from app.domain.tips.intake.taking import Told, draw, news, take_in
from app.domain.tips.office import Office
from app.domain.tips.protecting.receipts import as_written
from app.domain.tips.routing import Lineage, Route, route
from app.domain.units import queries as units
from app.domain.units.service import unit_closed

SECRET_WORK = {"work"}  # a retry may bring another


async def hand_in(office: Office, given: TipGiven, key: str | None) -> tuple[bytes, bool]:
    """Take a tip in and answer with its receipt; whether this is the answer of the first time."""
    said = given.model_dump_json(exclude=SECRET_WORK).encode()
    once = None if key is None else Once.of(key, said)
    async with office.database.write_transaction() as session:
        if once and (before := await answering.given(session, once)):
            return before, True
        way = await routed(session, given)
    await admit(office, given.work)
    drawn = await draw(office, given.text)
    async with office.database.write_transaction() as session:
        if once and (before := await answering.alone(session, once)):
            return before, True
        taken = await take_in(session, office, _told(given, way), drawn)
        await queries.put(session, news(taken.id, way.to.id, Act.CREATE, 1))
        answer = TipTaken(
            receipt=as_written(drawn.receipt), received_on=today(), proof=taken.proof,
            unit=UnitTold(code=way.to.code, name=way.to.name),
        ).model_dump_json().encode()  # fmt: skip
        if once:
            await answering.keep(session, once, taken.id, answer)
    return answer, False


def _told(given: TipGiven, way: Route) -> Told:
    return Told(
        given.text, given.unit_code, way, given.kind, contact=given.contact,
        not_to=given.not_to, about=given.about_officials_of,
    )  # fmt: skip


async def routed(session: Session, given: TipGiven) -> Route:
    """Where a tip goes, by what its informant has chosen."""
    about = [given.about_officials_of] if given.about_officials_of else []
    wanted = [given.unit_code, *about, *given.not_to]
    pointers = ["/body/unit_code", *["/body/about_officials_of"] * len(about)]
    pointers += [f"/body/not_to/{number}" for number in range(len(given.not_to))]
    found = await open_lineages(session, wanted, pointers)
    return route(found[0], found[1] if about else None, found[1 + len(about) :])


async def open_lineages(
    session: Session, wanted: Sequence[str], pointers: Sequence[str]
) -> list[Lineage]:
    """Units that stand today, each with what it lies in; refused by the place of its name."""
    day = today()
    found = await places.lineages(session, wanted, day)
    for lineage, pointer in zip(found, pointers, strict=True):
        if not lineage:
            raise NoSuchUnit(pointer)
        unit = lineage[0]
        if not unit.stands_on(day):
            known = await units.find_units_by_id(session, [unit.id], day)
            raise await unit_closed(session, known[unit.id])
    return found


async def units_below(office: Office, within: str, search: str | None) -> PublicUnits:
    """The open units directly below one, by name."""
    async with office.database.read_transaction() as session:
        (lineage,) = await open_lineages(session, [within], ["/query/within"])
        found = await places.below(session, lineage[0].id, today(), search)
    items = [PublicUnit(code=u.code, name=u.name, kind=u.kind, level=u.level) for u in found]
    return PublicUnits(items=items)


def intake_terms(office: Office) -> Terms:
    """What is taken, how much of it, and whether work is asked for just now."""
    return Terms(
        kinds=[KindTold(code=code, vi=vi, en=en) for code, (vi, en) in NAMES.items()],
        most_text=MOST_TEXT, most_attachments=MOST_FILES, most_attachment_bytes=MOST_FILE_BYTES,
        media_types=list(TAKEN), work_needed=not office.load.is_light(),
    )  # fmt: skip


def task(office: Office) -> dict[str, Any]:
    """A task for whoever is asked for work."""
    return office.work.task()
