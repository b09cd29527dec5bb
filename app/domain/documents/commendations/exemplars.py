"""What can be done with exemplars: put them up, say otherwise what was said of them."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.commendations import Commendation, Exemplar
from app.db.tables.records import Act
from app.db.vietnamese import search_key
from app.domain.actor import Actor, Permission, operation
from app.domain.documents import queries
from app.domain.documents.commendations import rules
from app.domain.documents.commendations.errors import CommendationNotFound, ExemplarNotFound
from app.domain.documents.commendations.schemas import ExemplarChange, ExemplarCreate
from app.domain.documents.commendations.service import expect
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.units import service as units
from app.domain.units.shape import today


@operation(Permission.EXEMPLAR_WRITE)
async def create_exemplar(session: Session, actor: Actor, data: ExemplarCreate) -> UUID:
    """Put up a collective, a model, a unit or a person of one of your units as an example."""
    named = (data.unit, today())
    found = await units.open_units(session, actor, [named], own={named})
    exemplar = Exemplar(
        **data.model_dump(exclude={"unit"}), unit_id=found[named], search_key="",
        created_by=actor.subject, changed_by=actor.subject,
    )  # fmt: skip
    await _check(session, actor, exemplar)
    exemplar.search_key = _words(exemplar)
    session.add(exemplar)
    await session.flush()
    made = Change("exemplar", exemplar.id, exemplar.unit_id, fields=sorted(data.model_fields_set))
    await records.account(session, actor, Permission.EXEMPLAR_WRITE, [made])
    return exemplar.id


@operation(Permission.EXEMPLAR_WRITE)
async def change_exemplar(
    session: Session, actor: Actor, id: UUID, data: ExemplarChange, expected: int | None
) -> UUID:
    """Say otherwise what an exemplar is put up for."""
    exemplar = await queries.one(session, actor, Exemplar, id)
    if exemplar is None:
        raise ExemplarNotFound()
    await expect(session, actor, exemplar, expected)
    if changed := records.touch(exemplar, actor, data.model_dump(exclude_unset=True)):
        await _check(session, actor, exemplar)
        exemplar.search_key = _words(exemplar)
        await session.flush()
        told = Change(
            "exemplar", exemplar.id, exemplar.unit_id, Act.CHANGE, exemplar.version, changed
        )
        await records.account(session, actor, Permission.EXEMPLAR_WRITE, [told])
    return exemplar.id


async def _check(session: Session, actor: Actor, exemplar: Exemplar) -> None:
    rules.check_subject(exemplar)
    with session.no_autoflush:
        known = exemplar.commendation_id
        if known and await queries.one(session, actor, Commendation, known) is None:
            raise CommendationNotFound()


def _words(exemplar: Exemplar) -> str:
    """What an exemplar is found by; never a person."""
    return search_key(exemplar.subject_name or "", exemplar.description)
