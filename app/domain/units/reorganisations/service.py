"""Operations on the map: try a drafted change in a dry run, commit it, reverse it."""

from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.units import ReorganisationKind, ReorganisationState, UnitReorganisation
from app.domain.actor import ABOVE_VILLAGES, Actor, Permission, check_level, operation
from app.domain.errors import OutOfBounds
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.scope import BY_UNIT
from app.domain.units.errors import PlanChanged
from app.domain.units.reorganisations import (
    apply,
    faults,
    grant_migration,
    preparation,
    province_locks,
    queries,
    rules,
)
from app.domain.units.reorganisations.errors import NotReversible
from app.domain.units.reorganisations.schemas import (
    DryRun,
    ReorganisationCommit,
    ReorganisationReverse,
)
from app.domain.units.shape import today


@operation(Permission.REORGANISATION_DRAFT)
async def dry_run(session: Session, actor: Actor, id: UUID) -> DryRun:
    """Return the effects of a drafted change of the map; the dry run changes nothing."""
    act = await queries.find_readable(session, actor, id)
    if act is None:
        raise build_not_found(UnitReorganisation)
    check_level(actor, ABOVE_VILLAGES)
    rules.check_draft(act)
    await province_locks.keep_drafted(session, actor, act)
    plan = await preparation.prepare_plan(session, actor, act)
    return DryRun(
        plan_hash=plan.hash(), ready=not plan.faults,
        closing=len(plan.closing_ids()), opening=len(plan.draft.openings),
        moving=len(plan.moving_ids()), renaming=len(plan.draft.renames),
        records=await apply.dry_run_plan(session, plan),
        clients=await grant_migration.list_clients(session, plan.closing_ids()),
        grants=await grant_migration.list_held_grants(session, plan),
        unmapped_villages=plan.unmapped_ids(), faults=faults.to_plan_faults(plan),
    )  # fmt: skip


@operation(Permission.REORGANISATION_COMMIT)
async def commit_reorganisation(
    session: Session, actor: Actor, id: UUID, data: ReorganisationCommit
) -> UUID:
    """Commit exactly the previewed plan to the map, and move all records along."""
    act = await _load(session, actor, id)
    rules.check_draft(act)
    await province_locks.lock_drafted(session, actor, act)
    plan = await preparation.prepare_plan(session, actor, act)
    if plan.hash() != data.plan_hash:
        raise PlanChanged(plan_hash=plan.hash())
    faults.check_no_faults(plan)
    await apply.apply_plan(session, actor, act, plan)
    return act.id


@operation(Permission.REORGANISATION_COMMIT)
async def reverse_reorganisation(
    session: Session, actor: Actor, id: UUID, data: ReorganisationReverse
) -> UUID:
    """Reverse a committed change of the map, from its first day or from a later one on."""
    act = await _load(session, actor, id)
    await province_locks.lock_committed(session, act)
    day = _choose_reversal_day(act, data)
    plan = await preparation.prepare_reversal(session, actor, act, data.moves, day)
    faults.check_no_faults(plan)
    reversal = UnitReorganisation(
        kind=ReorganisationKind.REVERSAL, title=act.title, decision=act.decision, effective_on=day,
        unit_id=actor.unit_id, reverses_id=act.id,
        plan=data.model_dump(mode="json", include={"reason", "moves"}),
    )  # fmt: skip
    await records.store(session, actor, reversal)
    await apply.apply_plan(session, actor, reversal, plan)
    await apply.record_transition(session, actor, act, "reverse", reason=data.reason)
    return reversal.id


async def _load(session: Session, actor: Actor, id: UUID) -> UnitReorganisation:
    return await records.get(session, actor, UnitReorganisation, id, scope=BY_UNIT, lock_map=False)


def _choose_reversal_day(act: UnitReorganisation, data: ReorganisationReverse) -> date:
    """Return the day of the reversal; a correction can be reversed from its first day only."""
    if act.state is not ReorganisationState.COMMITTED or act.kind is ReorganisationKind.REVERSAL:
        raise NotReversible(state=act.state.value, kind=act.kind.value)
    last = act.effective_on if act.kind is ReorganisationKind.CORRECTION else today()
    day = data.effective_on or act.effective_on
    if not act.effective_on <= day <= last:
        least, most = act.effective_on.isoformat(), last.isoformat()
        raise OutOfBounds(name="effective_on", least=least, most=most)
    return day
