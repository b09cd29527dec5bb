"""Operations on commendations: nominate, decide, award, revoke."""

from typing import TypeVar
from uuid import UUID

from app.db.session import Session
from app.db.tables.commendations import Commendation, CommendationState, Exemplar
from app.db.vietnamese import search_key
from app.domain.actor import Actor, Permission, operation
from app.domain.commendations import rules
from app.domain.commendations.errors import NoMoreNominated
from app.domain.commendations.schemas import (
    CommendationChange,
    CommendationCreate,
    CommendationTransition,
)
from app.domain.records import kit as records
from app.domain.records.basis_documents import check_basis
from app.domain.records.errors import StaleVersion
from app.domain.units import service as units
from app.domain.units.shape import today

Put = TypeVar("Put", Commendation, Exemplar)


@operation(Permission.COMMENDATION_NOMINATE)
async def create_commendation(session: Session, actor: Actor, data: CommendationCreate) -> UUID:
    """Nominate a collective, a model or a person of one of your units."""
    named = (data.unit, today())
    found = await units.open_units(session, actor, [named], own={named})
    said = data.model_dump(exclude={"unit"})
    commendation = Commendation(**said, unit_id=found[named], search_key="")
    rules.check_recipient(commendation)
    await check_basis(session, actor, [(data.document_id, today())])
    commendation.search_key = _fields_of(commendation)
    return await records.create(
        session, actor, Permission.COMMENDATION_NOMINATE, commendation, data.model_fields_set
    )


@operation(Permission.COMMENDATION_NOMINATE)
async def change_commendation(
    session: Session, actor: Actor, id: UUID, data: CommendationChange, expected: int | None
) -> UUID:
    """Change a nomination that has not been reviewed."""
    commendation = await load(session, actor, Commendation, id, expected)
    if commendation.state is not CommendationState.NOMINATED:
        raise NoMoreNominated(state=commendation.state)
    if changed := records.assign(commendation, data.model_dump(exclude_unset=True)):
        rules.check_recipient(commendation)
        if "document_id" in changed:
            await check_basis(session, actor, [(commendation.document_id, today())])
        commendation.search_key = _fields_of(commendation)
        await records.save(session, actor, Permission.COMMENDATION_NOMINATE, commendation, changed)
    return commendation.id


@operation(Permission.COMMENDATION_DECIDE)
async def transition_commendation(
    session: Session, actor: Actor, id: UUID, data: CommendationTransition, expected: int | None
) -> UUID:
    """Apply a transition to a commendation; awards and revocations name their decision."""
    commendation = await load(session, actor, Commendation, id, expected)
    step = rules.apply_transition(commendation, data, today=today())
    if step.action == "award":  # also the decision that the nomination named
        await check_basis(session, actor, [(commendation.document_id, step.effective_on)])
    fields = ["state", *(["awarded_on", "document_id"] if step.action == "award" else [])]
    return await records.save(
        session, actor, Permission.COMMENDATION_DECIDE, commendation, sorted(fields), step
    )


async def load(
    session: Session, actor: Actor, table: type[Put], id: UUID, expected: int | None
) -> Put:
    """Load one in the version that the caller has read, without names they may not read."""
    try:
        return await records.load(session, actor, table, id, expected, lock_map=False)
    except StaleVersion as late:
        if not actor.may(Permission.COMMENDATION_READ_NAMES):
            for name in rules.NAMES:
                late.facts["current"].pop(name, None)
        raise


def _fields_of(commendation: Commendation) -> str:
    """Return the search text of a commendation; never a person's name."""
    return search_key(commendation.recipient_name or "", commendation.achievement)
