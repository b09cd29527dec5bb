"""Prepare a plan: resolve names, load the map, build the rows, find the faults."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.db.session import Session
from app.db.tables.units import UnitReorganisation
from app.domain.actor import Actor
from app.domain.units import queries as units
from app.domain.units.errors import UnitNotFound
from app.domain.units.reorganisations import (
    build_plan,
    checks,
    name_checks,
    names,
    queries,
    reversal,
)
from app.domain.units.reorganisations.draft import ResolvedDraft
from app.domain.units.reorganisations.errors import TouchedSince
from app.domain.units.reorganisations.plan import CommittedPlan, Plan
from app.domain.units.reorganisations.schemas import Move, ReorganisationDraft
from app.domain.units.shape import today


async def resolve_names(
    session: Session, actor: Actor, draft: ReorganisationDraft, ids: Mapping[str, UUID]
) -> ResolvedDraft:
    """Resolve each unit of a draft among the actor's own."""
    wanted = names.list_names(draft, today())
    found = await queries.find_names(session, actor, wanted, today())
    return names.resolve_draft(draft, ids, found)


def read_draft(act: UnitReorganisation) -> ReorganisationDraft:
    """Return the draft that is stored of a change of the map."""
    data = {name: rows for name, rows in act.plan.items() if name != "ids"}
    return ReorganisationDraft(
        kind=act.kind.value, title=act.title, decision=act.decision,
        effective_on=act.effective_on, **data,
    )  # fmt: skip


async def prepare_plan(session: Session, actor: Actor, act: UnitReorganisation) -> Plan:
    """Build the plan of a stored draft on the map as it is now, with all its faults."""
    draft = read_draft(act)
    ids = {ref: UUID(id) for ref, id in act.plan["ids"].items()}
    resolved = await resolve_names(session, actor, draft, ids)
    ending = {ending.unit.id for ending in resolved.endings}
    codes = {opening.data.code for opening in resolved.openings} | {
        n.data.code for n in resolved.renames
    }
    wanted = [code for code in codes if code]
    snapshot = await queries.load_map_snapshot(
        session, resolved.units(), ending, wanted, resolved.day
    )
    plan = build_plan.build_plan(resolved, snapshot)
    namesakes = await queries.list_namesakes(session, plan.changes.versions, resolved.day)
    plan.faults.extend(checks.find_faults(plan, today()))
    plan.faults.extend(name_checks.find_taken_names(plan, namesakes))
    return plan


async def prepare_reversal(
    session: Session, actor: Actor, act: UnitReorganisation, moves: Sequence[Move], day: date
) -> Plan:
    """Build the plan that reverses a committed change on the map as it is now."""
    done = CommittedPlan.model_validate(act.plan["done"])
    if later := await queries.find_later_change(session, act, done.touched):
        raise TouchedSince(id=str(later[0]), reorganisation=later[1])
    mine = await units.within(session, actor, done.touched)
    if gone := set(done.touched) - mine:
        raise UnitNotFound(wanted=str(min(gone)), day=today().isoformat())
    before = act.effective_on - timedelta(days=1)
    wanted = [pair for m in moves for pair in ((m.unit, today()), (m.parent, before))]
    found = await queries.find_names(session, actor, wanted, today())
    resolved = names.resolve_return(moves, found, before, day)
    mentioned = resolved.units() | set(done.touched)
    snapshot = await queries.load_map_snapshot(session, mentioned, done.units, (), day)
    plan = reversal.reverse_plan(done, act.effective_on, resolved, snapshot)
    plan.faults.extend(checks.find_faults(plan, today()))
    return plan
