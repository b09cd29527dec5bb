"""Operations on rounds of evaluations: open, change, close; how far one has come."""

from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.criteria import (
    CriteriaSet,
    EvaluatedKind,
    EvaluationRound,
    EvaluationState,
    RoundState,
    SetState,
)
from app.db.tables.units import UnitLevel
from app.domain.actor import Actor, Permission, operation
from app.domain.criteria import queries, succession_queries
from app.domain.criteria.bodies import BELOW
from app.domain.criteria.errors import (
    DaysDisagree,
    NotDelegable,
    RoundHeld,
    SetNotInForce,
    WrongWindow,
)
from app.domain.criteria.evaluation_schemas import RoundCompleteness, StateCount
from app.domain.criteria.schemas import RoundChange, RoundCreate, RoundTransition
from app.domain.criteria.set_reads import find_set
from app.domain.criteria.states import ROUND_LIFE
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.windows import find_period
from app.domain.units import service as units
from app.domain.units.shape import today

WRITE = Permission.EVALUATION_ROUND_WRITE
LEVEL_OF = {
    EvaluatedKind.RESIDENTIAL_AREA: UnitLevel.VILLAGE,
    EvaluatedKind.COMMUNE: UnitLevel.COMMUNE,
}


@operation(WRITE)
async def create_evaluation_round(session: Session, actor: Actor, data: RoundCreate) -> UUID:
    """Open a round of evaluations in one of your units by a published set."""
    named = (data.unit, today())
    unit = (await units.open_units(session, actor, [named], own={named}))[named]
    chosen = await find_set(session, actor, data.set_id)
    if chosen.state is not SetState.PUBLISHED:
        raise SetNotInForce(state=chosen.state)
    period = find_period(data.window)
    if data.window.partition(":")[0] != chosen.window_code:
        raise WrongWindow(wanted=chosen.window_code, given=data.window)
    row = EvaluationRound(
        **data.model_dump(exclude={"unit", "window"}), unit_id=unit, window_name=data.window,
        window_from=period.first, window_to=period.last,
    )  # fmt: skip
    check_round(row)
    await queries.lock_code(session, f"{unit} {data.set_id}")
    if await queries.has_round(session, unit, data.set_id, data.window):
        raise RoundHeld(window=data.window)
    return await records.create(session, actor, WRITE, row, data.model_fields_set)


@operation(WRITE)
async def change_evaluation_round(
    session: Session, actor: Actor, id: UUID, data: RoundChange, expected: int | None
) -> UUID:
    """Change a round: its title, its days, the bodies that verify and decide."""
    row = await records.load(session, actor, EvaluationRound, id, expected)
    if changed := records.assign(row, data.model_dump(exclude_unset=True)):
        check_round(row)
        await records.save(session, actor, WRITE, row, changed)
    return row.id


@operation(WRITE)
async def transition_evaluation_round(
    session: Session, actor: Actor, id: UUID, data: RoundTransition, expected: int | None
) -> UUID:
    """Close a round for registration, or reopen it."""
    row = await records.load(session, actor, EvaluationRound, id, expected)
    step = ROUND_LIFE.apply(row.state, data, effective_on=data.effective_on or today())
    row.state = RoundState(step.to_state)
    return await records.save(session, actor, WRITE, row, ["state"], step)


@operation(Permission.EVALUATION_READ)
async def round_completeness(session: Session, actor: Actor, id: UUID) -> RoundCompleteness:
    """Read how far a round has come in your units: by state, late ones, and those expected."""
    held = await find_round(session, actor, id)
    rows = list(await queries.count_states(session, actor, held.id))
    chosen = await queries.get_set(session, held.set_id)
    open_ = [row for row in rows if row[0] is not EvaluationState.CLOSED]
    return RoundCompleteness(
        expected=await _count_expected(session, held, chosen),
        registered=sum(row[1] for row in open_), late=sum(row[2] for row in open_),
        by_state=[StateCount(state=row[0], number=row[1]) for row in rows],
    )  # fmt: skip


async def find_round(session: Session, actor: Actor, id: UUID) -> EvaluationRound:
    """Return a round that the actor may read; refuse any other."""
    if (held := await queries.find_round(session, actor, id)) is None:
        raise build_not_found(EvaluationRound)
    return held


def check_round(row: EvaluationRound) -> None:
    """Refuse days in the wrong order, and a delegation that nobody can make."""
    if row.register_by > row.decide_by:
        days = (row.register_by.isoformat(), row.decide_by.isoformat())
        raise DaysDisagree(register_by=days[0], decide_by=days[1])
    if row.delegated and row.decide_level not in BELOW:
        raise NotDelegable()
    if row.delegated != (row.delegation_basis is not None):
        raise NotDelegable()


async def _count_expected(
    session: Session, held: EvaluationRound, chosen: CriteriaSet
) -> int | None:
    """Count the units that a round is for; other subjects have no list to be counted."""
    if (level := LEVEL_OF.get(chosen.subject_kind)) is None:
        return None
    day: date = min(held.window_to, today())
    return await succession_queries.count_expected(session, held, level, day)
