"""Transitions of a change of the map: a draft is committed or withdrawn; drafts from a table."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.units import UnitReorganisation
from app.domain.actor import ABOVE_VILLAGES, Actor, Permission, check_level, operation
from app.domain.records import kit as records
from app.domain.records.files.reader import Table
from app.domain.scope import BY_UNIT
from app.domain.units.reorganisations import drafts, service
from app.domain.units.reorganisations.corrections import build_corrections
from app.domain.units.reorganisations.schemas import (
    ReorganisationCommit,
    ReorganisationReverse,
    ReorganisationTransition,
)
from app.domain.units.reorganisations.states import life_of


@operation(Permission.REORGANISATION_COMMIT)
async def transition_reorganisation(
    session: Session,
    actor: Actor,
    id: UUID,
    data: ReorganisationTransition,
    expected: int | None,
) -> UUID:
    """Commit or withdraw a drafted change of the map, or reverse a committed one."""
    act = await records.load(
        session, actor, UnitReorganisation, id, expected, scope=BY_UNIT, lock_map=False
    )
    check_level(actor, ABOVE_VILLAGES)
    life_of(act.kind).find(act.state, data.action)
    if data.action == "commit":
        seen = ReorganisationCommit(plan_hash=data.plan_hash or "")
        return await service.commit_reorganisation(session, actor, id, seen)
    if data.action == "withdraw":
        return await drafts.withdraw_reorganisation(session, actor, act, data.reason)
    undone = ReorganisationReverse(
        reason=data.reason or "", effective_on=data.effective_on, moves=data.moves
    )
    return await service.reverse_reorganisation(session, actor, id, undone)


@operation(Permission.REORGANISATION_DRAFT)
async def draft_corrections(session: Session, actor: Actor, rows: Table) -> list[UUID]:
    """Draft corrections of successions from a table, one for each day in it."""
    corrections = await build_corrections(session, actor, rows)
    return [await drafts.draft_reorganisation(session, actor, one) for one in corrections]
