"""How a plan is made ready: names looked up, the map read, rows drawn, faults found."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from app.db.session import Session
from app.db.tables.units import UnitReorganisation
from app.domain.actor import Actor
from app.domain.units import queries as units
from app.domain.units.errors import UnitNotFound
from app.domain.units.reorganisations import build_plan, checks, names, queries, reversal
from app.domain.units.reorganisations.draft import ResolvedDraft
from app.domain.units.reorganisations.errors import TouchedSince
from app.domain.units.reorganisations.plan import CommittedPlan, Plan
from app.domain.units.reorganisations.schemas import Move, ReorganisationDraft
from app.domain.units.shape import today


async def resolve_names(
    session: Session, actor: Actor, draft: ReorganisationDraft, ids: Mapping[str, UUID]
) -> ResolvedDraft:
    """A draft with each of its units looked up among the actor's."""
    wanted = names.list_names(draft, today())
    found = await queries.names(session, actor, wanted, today())
    return names.resolve_draft(draft, ids, found)


async def prepare_plan(session: Session, actor: Actor, act: UnitReorganisation) -> Plan:
    """What a kept draft comes to on the map as it is now, with all that is wrong."""
    said = {name: rows for name, rows in act.plan.items() if name != "ids"}
    draft = ReorganisationDraft(
        kind=act.kind.value, title=act.title, decision=act.decision,
        effective_on=act.effective_on, **said,
    )  # fmt: skip
    ids = {ref: UUID(id) for ref, id in act.plan["ids"].items()}
    words = await resolve_names(session, actor, draft, ids)
    ending = {word.unit.id for word in words.endings}
    codes = {word.said.code for word in words.openings} | {n.said.code for n in words.namings}
    wanted = [code for code in codes if code]
    ground = await queries.load_map_snapshot(session, words.units(), ending, wanted, words.day)
    plan = build_plan.build_plan(words, ground)
    plan.wrong.extend(checks.find_faults(plan, today()))
    return plan


async def prepare_reversal(
    session: Session, actor: Actor, act: UnitReorganisation, moves: Sequence[Move], day: date
) -> Plan:
    """What undoing a committed change comes to on the map as it is now."""
    done = CommittedPlan.model_validate(act.plan["done"])
    if later := await queries.find_later_change(session, act, done.touched):
        raise TouchedSince(id=str(later[0]), title=later[1])
    mine = await units.within(session, actor, done.touched)
    if gone := set(done.touched) - mine:
        raise UnitNotFound(wanted=str(min(gone)), day=today().isoformat())
    before = act.effective_on - timedelta(days=1)
    wanted = [pair for m in moves for pair in ((m.unit, today()), (m.parent, before))]
    found = await queries.names(session, actor, wanted, today())
    words = names.resolve_return(moves, found, before, day)
    spoken_of = words.units() | set(done.touched)
    ground = await queries.load_map_snapshot(session, spoken_of, done.units, (), day)
    plan = reversal.reverse_plan(done, act.effective_on, words, ground)
    plan.wrong.extend(checks.find_faults(plan, today()))
    return plan
