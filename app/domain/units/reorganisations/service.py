"""What can be done to the map: draft a change, try it dry, commit it, reverse it."""

from datetime import date
from uuid import UUID

from uuid_utils.compat import uuid7

from app.db.session import Session
from app.db.tables.units import ReorganisationKind, ReorganisationState, UnitReorganisation
from app.domain.actor import Actor, Permission, operation
from app.domain.errors import FieldError, OutOfBounds
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.scope import BY_UNIT
from app.domain.units import queries as units
from app.domain.units.errors import PlanChanged, UnitNotFound
from app.domain.units.reorganisations import (
    apply,
    faults,
    grant_migration,
    preparation,
    queries,
    rules,
)
from app.domain.units.reorganisations.errors import (
    NotADraft,
    NotReversible,
)
from app.domain.units.reorganisations.schemas import (
    DryRun,
    ReorganisationCommit,
    ReorganisationDraft,
    ReorganisationReverse,
)
from app.domain.units.shape import today

SAID = {"new_units", "successions", "moves", "renames"}


@operation(Permission.REORGANISATION_DRAFT)
async def draft_reorganisation(session: Session, actor: Actor, data: ReorganisationDraft) -> UUID:
    """Put down a change of the map as it was decided; the map stays as it is."""
    rules.check_form(data)
    ids = {unit.ref: uuid7() for unit in data.new_units}
    words = await preparation.resolve_names(session, actor, data, ids)
    if missing := [wrong for wrong in words.wrong if isinstance(wrong.error, UnitNotFound)]:
        told = (FieldError(w.pointer, w.error.code, w.error.message("en"), w.error.message("vi"))
                for w in missing)  # fmt: skip
        raise UnitNotFound(*told, **missing[0].error.facts)
    act = UnitReorganisation(
        kind=ReorganisationKind(data.kind), title=data.title, decision=data.decision,
        effective_on=data.effective_on, unit_id=actor.unit_id,
        plan=data.model_dump(mode="json", include=SAID) | {"ids": {r: str(ids[r]) for r in ids}},
    )  # fmt: skip
    return await records.create(
        session, actor, Permission.REORGANISATION_DRAFT, act, data.model_fields_set
    )


@operation(Permission.REORGANISATION_DRAFT)
async def dry_run(session: Session, actor: Actor, id: UUID) -> DryRun:
    """Say what a drafted change of the map would do; it is tried on the map and taken back."""
    await units.hold_map(session)
    act = await queries.find_seen(session, actor, id)
    if act is None:
        raise build_not_found(UnitReorganisation)
    _check_draft(act)
    plan = await preparation.prepare_plan(session, actor, act)
    return DryRun(
        plan_hash=plan.hash(), ready=not plan.wrong,
        closing=len(plan.closing_ids()), opening=len(plan.words.openings),
        moving=len(plan.moving_ids()), renaming=len(plan.words.namings),
        records=await apply.dry_run_plan(session, plan),
        clients=await grant_migration.clients_of(session, plan.closing_ids()),
        grants=await grant_migration.list_held_grants(session, plan),
        unmapped_villages=plan.unmapped_ids(), faults=faults.to_plan_faults(plan),
    )  # fmt: skip


@operation(Permission.REORGANISATION_COMMIT)
async def commit_reorganisation(
    session: Session, actor: Actor, id: UUID, data: ReorganisationCommit
) -> UUID:
    """Change the map by just the plan that was seen, and take all records along."""
    await units.lock_map(session)
    act = await _one(session, actor, id)
    _check_draft(act)
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
    """Undo a committed change of the map, as if it never was or from a later day on."""
    await units.lock_map(session)
    act = await _one(session, actor, id)
    day = _day_to_undo(act, data)
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


async def _one(session: Session, actor: Actor, id: UUID) -> UnitReorganisation:
    return await records.get(session, actor, UnitReorganisation, id, scope=BY_UNIT, lock_map=False)


def _check_draft(act: UnitReorganisation) -> None:
    if act.state is not ReorganisationState.DRAFT:
        raise NotADraft(state=act.state.value)


def _day_to_undo(act: UnitReorganisation, data: ReorganisationReverse) -> date:
    """A correction said what was so from the first; it is undone from the first too."""
    if act.state is not ReorganisationState.COMMITTED or act.kind is ReorganisationKind.REVERSAL:
        raise NotReversible(state=act.state.value, kind=act.kind.value)
    last = act.effective_on if act.kind is ReorganisationKind.CORRECTION else today()
    day = data.effective_on or act.effective_on
    if not act.effective_on <= day <= last:
        least, most = act.effective_on.isoformat(), last.isoformat()
        raise OutOfBounds(name="effective_on", least=least, most=most)
    return day
