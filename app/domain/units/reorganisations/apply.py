"""How a plan is carried out, records taken along; or tried on the map and taken back."""

from collections.abc import Sequence

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
    """How many records would lie elsewhere; nothing can be tried of a plan with faults."""
    if not all(isinstance(wrong.error, NotYetEffective) for wrong in plan.wrong):
        return {}
    async with queries.trial(session):
        await queries.write_changes(session, plan.redrawing)
        affected = await queries.list_dependents(session, plan.redrawing.uprooted_ids())
        return await queries.count_misplaced(session, affected, max(plan.words.day, today()))


async def apply_plan(session: Session, actor: Actor, act: UnitReorganisation, plan: Plan) -> None:
    """Redraw the map, and take units and records along to where they lie now."""
    drawn = plan.redrawing
    for edge in drawn.successions:
        edge.reorganisation_id = act.id
    for unit in drawn.units:
        unit.created_by = actor.subject
    await queries.write_changes(session, drawn)
    touched = await queries.touch_units(session, drawn.touched_ids(), actor.subject)
    affected = await queries.list_dependents(session, drawn.uprooted_ids())
    await units.place_units(session, affected)
    await units.place_records(session, affected)
    turned = await grant_migration.migrate_grants(
        session, drawn.touched_ids(), actor.subject, plan.words.day
    )
    act.plan = act.plan | {"done": CommittedPlan.of(drawn).model_dump(mode="json")}
    act.committed_at = now()
    units_changed = [
        Change("unit", id, id, Act.CHANGE if version > 1 else Act.CREATE, version, ["map"])
        for id, version in touched.items()
    ]
    await record_transition(session, actor, act, "commit", besides=[*units_changed, *turned])


async def record_transition(
    session: Session,
    actor: Actor,
    act: UnitReorganisation,
    action: str,
    *,
    reason: str | None = None,
    besides: Sequence[Change] = (),
) -> None:
    """Take a change of the map one step on, and account for it and for what it changed besides."""
    words = TransitionInput(action=action, reason=reason)
    step = LIFE.apply(act.state, words, effective_on=act.effective_on)
    act.state = ReorganisationState(step.to_state)
    await records.save(
        session, actor, Permission.REORGANISATION_COMMIT, act, ["state"], step, besides=besides
    )
