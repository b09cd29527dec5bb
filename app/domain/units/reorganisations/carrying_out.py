"""How a plan is carried out, records taken along; or tried on the map and taken back."""

from collections.abc import Sequence

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.units import ReorganisationState, UnitReorganisation
from app.domain.actor import Actor, Permission
from app.domain.records import kit as records
from app.domain.records.schemas import TransitionWords
from app.domain.records.service import Change
from app.domain.units import queries as units
from app.domain.units.reorganisations import granting, queries
from app.domain.units.reorganisations.errors import NotYetEffective
from app.domain.units.reorganisations.plan import Done, Plan
from app.domain.units.reorganisations.states import LIFE
from app.domain.units.shape import today


async def try_out(session: Session, plan: Plan) -> dict[str, int]:
    """How many records would lie elsewhere; nothing can be tried of a plan with faults."""
    if not all(isinstance(wrong.error, NotYetEffective) for wrong in plan.wrong):
        return {}
    async with queries.trial(session):
        await queries.redraw(session, plan.redrawing)
        affected = await queries.reaching(session, plan.redrawing.uprooted())
        return await queries.misplaced(session, affected, max(plan.words.day, today()))


async def carry_out(session: Session, actor: Actor, act: UnitReorganisation, plan: Plan) -> None:
    """Redraw the map, and take units and records along to where they lie now."""
    drawn = plan.redrawing
    for edge in drawn.successions:
        edge.reorganisation_id = act.id
    for unit in drawn.units:
        unit.created_by = actor.subject
    await queries.redraw(session, drawn)
    touched = await queries.touch(session, drawn.touched(), actor.subject)
    affected = await queries.reaching(session, drawn.uprooted())
    await units.place_units(session, affected)
    await units.place_records(session, affected)
    turned = await granting.settle(session, drawn.touched(), actor.subject, plan.words.day)
    act.plan = act.plan | {"done": Done.of(drawn).model_dump(mode="json")}
    act.committed_at = now()
    units_changed = [
        Change("unit", id, id, Act.CHANGE if version > 1 else Act.CREATE, version, ["map"])
        for id, version in touched.items()
    ]
    await note(session, actor, act, "commit", besides=[*units_changed, *turned])


async def note(
    session: Session,
    actor: Actor,
    act: UnitReorganisation,
    action: str,
    *,
    reason: str | None = None,
    besides: Sequence[Change] = (),
) -> None:
    """Take a change of the map one step on, and account for it and for what it changed besides."""
    words = TransitionWords(action=action, reason=reason)
    step = LIFE.take(act.state, words, effective_on=act.effective_on)
    act.state = ReorganisationState(step.to_state)
    await records.save(
        session, actor, Permission.REORGANISATION_COMMIT, act, ["state"], step, besides=besides
    )
