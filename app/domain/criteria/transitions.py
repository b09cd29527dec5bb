"""Operations that take evaluations one step on: one of them, or many with a result for each."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.criteria import Evaluation
from app.domain.actor import Actor, Permission, operation
from app.domain.criteria import cited_figures, queries
from app.domain.criteria.answers_entry import load_pinned
from app.domain.criteria.committee_decisions import check_position
from app.domain.criteria.errors import EvidenceStale
from app.domain.criteria.evaluation_schemas import (
    ChosenEvaluation,
    EvaluationTransition,
    StepOfMany,
    StepResult,
    StepsResult,
)
from app.domain.criteria.rounds import find_round
from app.domain.criteria.set_reads import load_definition
from app.domain.criteria.states import EVALUATION_LIFE, ON_ANSWERS
from app.domain.criteria.steps import Case, check_quotas, take_step
from app.domain.criteria.succession import list_ended
from app.domain.criteria.succession_queries import load_round
from app.domain.errors import DomainError
from app.domain.figures.context import FigureContext
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.map_locks import lock_rows
from app.domain.units.shape import today

WRITE = Permission.EVALUATION_WRITE


@operation(WRITE)
async def transition_evaluation(
    session: Session, actor: Actor, id: UUID, data: EvaluationTransition, expected: int | None,
    figures: FigureContext,
) -> UUID:  # fmt: skip
    """Take an evaluation one step on: assess, submit, verify, return, decide, publish, amend."""
    _require_step(actor, data.action)
    row = await records.load(session, actor, Evaluation, id, expected)
    held, ended = await load_round(session, row, today())
    definition = await load_pinned(session, row)
    rests = data.action in ON_ANSWERS
    answers = await queries.list_answers(session, row.id) if rests else ()
    case = Case(row, held, definition, answers, ended)
    await check_position(session, actor, held, data.action, data.position, today())
    edit = await _apply_step(session, actor, figures, case, data)
    await records.save_all(session, actor, WRITE, [edit])
    return row.id


@operation(WRITE)
async def step_evaluations(
    session: Session, actor: Actor, id: UUID, data: StepOfMany, figures: FigureContext
) -> StepsResult:
    """Take one step with many evaluations of a round; each has its own result."""
    _require_step(actor, data.action)
    await lock_rows(session, Evaluation, (one.id for one in data.evaluations))
    held = await find_round(session, actor, id)
    definition = await load_definition(session, await queries.get_set(session, held.set_id))
    ids = [one.id for one in data.evaluations]
    rows = await queries.lock_evaluations(session, actor, held.id, ids)
    answers = await queries.list_answers_of(session, rows)
    ended = await list_ended(session, held, rows.values())
    words = EvaluationTransition(action=data.action, reason=data.reason, position=data.position)
    await check_position(session, actor, held, data.action, data.position, today())
    edits, items = list[records.Edit](), list[StepResult]()
    for one in data.evaluations:
        named = rows.pop(one.id, None)  # one that is named twice is not found again
        try:
            row = await _find(session, named, one)
            case = Case(row, held, definition, answers[row.id], row.subject_id in ended)
            edits.append(await _apply_step(session, actor, figures, case, words))
            items.append(_build_result(one, case.row))
        except DomainError as error:
            items.append(_build_result(one, None, error))
    await records.save_all(session, actor, WRITE, edits)
    return StepsResult(taken=len(edits), refused=len(items) - len(edits), items=items)


def _require_step(actor: Actor, action: str) -> None:
    """Refuse who may not take a step before anything is looked for."""
    if permission := EVALUATION_LIFE.permission_for(action):
        actor.require(permission)


async def _find(session: Session, row: Evaluation | None, one: ChosenEvaluation) -> Evaluation:
    if row is None:
        raise build_not_found(Evaluation)
    await records.check_version(session, row, one.version)
    return row


async def _apply_step(
    session: Session, actor: Actor, figures: FigureContext, case: Case, data: EvaluationTransition
) -> records.Edit:
    """Take a step; a decision rests on figures that are still the same, a grade on its quota."""
    step, fields, reopened = take_step(case, actor, data, today())
    if step.action == "decide":
        await _check_evidence(session, actor, figures, case)
    if step.action == "publish" and case.definition.quotas:
        counts = await queries.count_grades(session, case.held.id)
        check_quotas(case.definition.quotas, case.row.grade, counts)
    return records.Edit(case.row, fields, step, also=reopened)


async def _check_evidence(
    session: Session, actor: Actor, figures: FigureContext, case: Case
) -> None:
    stored = {one.path: one for one in case.answers}
    now = await cited_figures.read_figures(
        session, actor, figures, case.definition, case.row, case.held
    )
    if stale := cited_figures.list_stale(stored, now):
        raise EvidenceStale(stale)


def _build_result(
    one: ChosenEvaluation, row: Evaluation | None, error: DomainError | None = None
) -> StepResult:
    return StepResult(
        id=one.id, state=row.state if row else None, error_code=error.code if error else None,
        error_vi=error.message("vi") if error else None,
        error_en=error.message("en") if error else None,
    )  # fmt: skip
