"""What can be done with commendations: nominate, decide, award, revoke."""

from collections.abc import Sequence
from uuid import UUID

from app.db.session import Session
from app.db.tables.commendations import Commendation, CommendationState, Exemplar
from app.db.tables.records import Act
from app.db.vietnamese import search_key
from app.domain.actor import Actor, Permission, operation
from app.domain.documents import queries
from app.domain.documents.commendations import rules
from app.domain.documents.commendations.errors import CommendationNotFound, NoMoreNominated
from app.domain.documents.commendations.schemas import (
    CommendationChange,
    CommendationCreate,
    CommendationTransition,
)
from app.domain.documents.errors import DocumentNotFound
from app.domain.records import service as records
from app.domain.records.errors import Stale
from app.domain.records.machine import Taken
from app.domain.records.service import Change
from app.domain.units import service as units
from app.domain.units.shape import today


@operation(Permission.COMMENDATION_NOMINATE)
async def create_commendation(session: Session, actor: Actor, data: CommendationCreate) -> UUID:
    """Nominate a collective, a model or a person of one of your units."""
    named = (data.unit, today())
    found = await units.open_units(session, actor, [named], own={named})
    commendation = Commendation(
        **data.model_dump(exclude={"unit"}), unit_id=found[named], search_key="",
        created_by=actor.subject, changed_by=actor.subject,
    )  # fmt: skip
    rules.check_recipient(commendation)
    await check_document(session, actor, data.document_id)
    commendation.search_key = _words(commendation)
    session.add(commendation)
    await session.flush()
    made = Change(
        "commendation", commendation.id, commendation.unit_id, fields=sorted(data.model_fields_set)
    )
    await records.account(session, actor, Permission.COMMENDATION_NOMINATE, [made])
    return commendation.id


@operation(Permission.COMMENDATION_NOMINATE)
async def change_commendation(
    session: Session, actor: Actor, id: UUID, data: CommendationChange, expected: int | None
) -> UUID:
    """Say otherwise what was nominated, as long as nobody has reviewed it."""
    commendation = await _one(session, actor, id, expected)
    if commendation.state is not CommendationState.NOMINATED:
        raise NoMoreNominated(state=commendation.state)
    changed = records.touch(commendation, actor, data.model_dump(exclude_unset=True))
    if changed:
        rules.check_recipient(commendation)
        await check_document(session, actor, commendation.document_id)
        commendation.search_key = _words(commendation)
        await session.flush()
        told = _changed(commendation, Act.CHANGE, changed)
        await records.account(session, actor, Permission.COMMENDATION_NOMINATE, [told])
    return commendation.id


@operation(Permission.COMMENDATION_DECIDE)
async def move_commendation(
    session: Session, actor: Actor, id: UUID, data: CommendationTransition, expected: int | None
) -> UUID:
    """Review, approve, award, decline or revoke; an award and a revocation name their decision."""
    commendation = await _one(session, actor, id, expected)
    step = rules.move(commendation, data, today=today())
    await check_document(session, actor, data.document_id)
    records.touch(commendation, actor)
    await session.flush()
    fields = ["state", *(["awarded_on", "document_id"] if step.action == "award" else [])]
    told = _changed(commendation, Act.TRANSITION, sorted(fields), step)
    await records.account(session, actor, Permission.COMMENDATION_DECIDE, [told])
    return commendation.id


async def expect(
    session: Session, actor: Actor, row: Commendation | Exemplar, expected: int | None
) -> None:
    """Refuse another version than the caller has seen, without telling names to who may not."""
    try:
        await records.expect(session, row, expected)
    except Stale as late:
        if not actor.may(Permission.COMMENDATION_READ_NAMES):
            for name in rules.NAMES:
                late.facts["current"].pop(name, None)
        raise


async def check_document(session: Session, actor: Actor, id: UUID | None) -> None:
    """Refuse a document that the actor cannot see."""
    with session.no_autoflush:
        if id is not None and await queries.seen(session, actor, id) is None:
            raise DocumentNotFound()


async def _one(session: Session, actor: Actor, id: UUID, expected: int | None) -> Commendation:
    commendation = await queries.one(session, actor, Commendation, id)
    if commendation is None:
        raise CommendationNotFound()
    await expect(session, actor, commendation, expected)
    return commendation


def _words(commendation: Commendation) -> str:
    """What a commendation is found by; never a person."""
    return search_key(commendation.recipient_name or "", commendation.achievement)


def _changed(
    row: Commendation, act: Act, fields: Sequence[str], step: Taken | None = None
) -> Change:
    return Change("commendation", row.id, row.unit_id, act, row.version, fields, step)
