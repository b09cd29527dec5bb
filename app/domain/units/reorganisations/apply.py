"""Apply a plan and move the records along, or try it on the map and roll it back."""

from collections.abc import Sequence
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.units import ReorganisationState, UnitReorganisation
from app.domain.actor import Actor, Permission
from app.domain.records import kit as records
from app.domain.records.schemas import TransitionInput
from app.domain.records.service import Change
from app.domain.units import queries as units
from app.domain.units.reorganisations import grant_migration, queries
from app.domain.units.reorganisations.errors import NotYetEffective
from app.domain.units.reorganisations.plan import CommittedPlan, Plan
from app.domain.units.reorganisations.states import LIFE
from app.domain.units.shape import today


async def dry_run_plan(session: Session, plan: Plan) -> dict[str, int]:
    """Count the records that the plan would move; a plan with faults cannot be tried."""
    if not all(isinstance(fault.error, NotYetEffective) for fault in plan.faults):
        return {}
    async with queries.trial(session):
        await queries.write_changes(session, plan.changes)
        affected = await _list_affected(session, plan)
        return await queries.count_misplaced(session, affected, max(plan.draft.day, today()))


async def apply_plan(session: Session, actor: Actor, act: UnitReorganisation, plan: Plan) -> None:
    """Write the changes to the map, and move units and records to where they lie now."""
    changes = plan.changes
    for edge in changes.successions:
        edge.reorganisation_id = act.id
    for unit in changes.units:
        unit.created_by = actor.subject
    await queries.write_changes(session, changes)
    touched = await queries.touch_units(session, changes.touched_ids(), actor.subject)
    affected = await _list_affected(session, plan)
    await units.place_units(session, affected)
    await units.place_records(session, affected)
    changed_grants = await grant_migration.migrate_grants(
        session, changes.touched_ids(), actor.subject, plan.draft.day
    )
    act.plan = act.plan | {"done": CommittedPlan.of(changes).model_dump(mode="json")}
    act.committed_at = now()
    units_changed = [
        Change("unit", id, id, Act.CHANGE if version > 1 else Act.CREATE, version, ["map"])
        for id, version in touched.items()
    ]
    await record_transition(
        session, actor, act, "commit", besides=[*units_changed, *changed_grants]
    )


async def _list_affected(session: Session, plan: Plan) -> set[UUID]:
    """List the units whose place on any day the plan may change."""
    moved = await queries.list_dependents(session, plan.changes.uprooted_ids(), plan.draft.day)
    return moved | plan.changes.target_ids()


async def record_transition(
    session: Session,
    actor: Actor,
    act: UnitReorganisation,
    action: str,
    *,
    reason: str | None = None,
    besides: Sequence[Change] = (),
) -> None:
    """Apply a transition to a change of the map; log it and the other changes it caused."""
    data = TransitionInput(action=action, reason=reason)
    step = LIFE.apply(act.state, data, effective_on=act.effective_on)
    act.state = ReorganisationState(step.to_state)
    await records.save(
        session, actor, Permission.REORGANISATION_COMMIT, act, ["state"], step, besides=besides
    )
