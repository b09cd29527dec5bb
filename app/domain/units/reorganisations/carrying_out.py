"""How a plan is carried out, records taken along; or tried on the map and taken back."""

from app.db.base import now
from app.db.session import Session
from app.db.tables.units import ReorganisationState, UnitReorganisation
from app.domain.actor import Actor
from app.domain.units import queries as units
from app.domain.units.reorganisations import granting, queries
from app.domain.units.reorganisations.errors import NotYetEffective
from app.domain.units.reorganisations.plan import Done, Plan
from app.domain.units.shape import today


async def try_out(session: Session, plan: Plan) -> dict[str, int]:
    """How many records would lie elsewhere; nothing can be tried of a plan with faults."""
    if not all(isinstance(wrong.error, NotYetEffective) for wrong in plan.wrong):
        return {}
    trial = await session.begin_nested()
    try:
        await queries.redraw(session, plan.redrawing)
        affected = await queries.reaching(session, plan.redrawing.uprooted())
        return await queries.misplaced(session, affected, max(plan.words.day, today()))
    finally:
        await trial.rollback()


async def carry_out(session: Session, actor: Actor, act: UnitReorganisation, plan: Plan) -> None:
    """Redraw the map, and take units and records along to where they lie now."""
    drawn = plan.redrawing
    for edge in drawn.successions:
        edge.reorganisation_id = act.id
    for unit in drawn.units:
        unit.created_by = actor.subject
    await queries.redraw(session, drawn)
    await queries.touch(session, drawn.touched(), actor.subject)
    affected = await queries.reaching(session, drawn.uprooted())
    await units.place_units(session, affected)
    await units.place_records(session, affected)
    await granting.settle(session, drawn.touched(), actor.subject)
    act.plan = act.plan | {"done": Done.of(drawn).model_dump(mode="json")}
    act.committed_at = now()
    note(act, actor, ReorganisationState.COMMITTED)
    await session.flush()


def note(act: UnitReorganisation, actor: Actor, state: ReorganisationState) -> None:
    """Take a change of the map to its next state, with who did it and when."""
    act.state = state
    act.version += 1
    act.changed_at, act.changed_by = now(), actor.subject
