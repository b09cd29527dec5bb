"""One step of an evaluation: the body in charge, the state, and what is decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.db.tables.criteria import (
    Evaluation,
    EvaluationAnswer,
    EvaluationResult,
    EvaluationRound,
    EvaluationState,
)
from app.domain.actor import Actor, Level
from app.domain.criteria import answer_forms
from app.domain.criteria.bodies import BELOW
from app.domain.criteria.calculation import Outcome, StepKind, StepStatus
from app.domain.criteria.definitions import Definition, GradeQuota
from app.domain.criteria.errors import (
    BodyNotInCharge,
    CriteriaNeeded,
    DayToCome,
    OverQuota,
    StillUndecided,
    SubjectEnded,
    UnknownCriterion,
)
from app.domain.criteria.evaluate import evaluate
from app.domain.criteria.evaluation_schemas import EvaluationTransition, ReopenedCriterion
from app.domain.criteria.states import BY_DECIDERS, BY_VERIFIERS, EVALUATION_LIFE, OF_STANDING
from app.domain.records.state_machine import AppliedTransition


@dataclass(frozen=True, slots=True)
class Case:
    """An evaluation with all that a step of it depends on."""

    row: Evaluation
    held: EvaluationRound
    definition: Definition
    answers: Sequence[EvaluationAnswer]
    has_ended: bool = False  # its unit, before the window was over


def take_step(
    case: Case, actor: Actor, data: EvaluationTransition, today: date
) -> tuple[AppliedTransition, list[str], list[EvaluationAnswer]]:
    """Take an evaluation one step on; return the step, the fields it sets, and reopened answers."""
    row = case.row
    transition = EVALUATION_LIFE.find(row.state, data.action)
    check_body(case, actor, data.action)
    if case.has_ended and data.action in OF_STANDING:
        raise SubjectEnded()
    day = data.effective_on or today
    step = EVALUATION_LIFE.apply(row.state, data, effective_on=day)
    if day > today:
        raise DayToCome(day=day.isoformat())
    fields, reopened = ["state"], list[EvaluationAnswer]()
    if "criteria" in transition.required_fields:
        reopened = _reopen(case, data)
    if step.action == "submit":
        row.submission += 1
        fields.append("submission")
    if step.action == "decide":
        fields += _decide(case, day, data.position)
    row.state = EvaluationState(step.to_state)
    return step, fields, reopened


def check_body(case: Case, actor: Actor, action: str) -> None:
    """Refuse a step that another body takes in this round."""
    held, level = case.held, None
    verifies = action in BY_VERIFIERS or (
        action == "return" and case.row.state is EvaluationState.SUBMITTED
    )
    if verifies:
        level = Level(held.verify_level)
    elif action in BY_DECIDERS or action == "return":
        level = find_deciders(held)
    if level is not None and actor.level is not level:
        raise BodyNotInCharge(action=action, level=level.value, own=actor.level.value)


def find_deciders(held: EvaluationRound) -> Level:
    """Return the level that decides: the one named, or the one below by delegation."""
    level = Level(held.decide_level)
    return BELOW[level] if held.delegated else level


def check_quotas(
    quotas: Sequence[GradeQuota], grade: str | None, counts: Mapping[str, int]
) -> None:
    """Refuse to publish a grade that more have in the round than its quota allows."""
    for quota in quotas:
        number, whole = counts.get(quota.grade, 0), counts.get(quota.of, 0)
        if quota.grade == grade and number * 100 > Decimal(str(quota.most_percent)) * whole:
            raise OverQuota(
                number=number, grade=grade, most=quota.most_percent, whole=whole, of=quota.of
            )


def _decide(case: Case, day: date, position: str | None) -> list[str]:
    """Set the result that the rules compute; nobody states it."""
    found = evaluate(case.definition, answer_forms.read_stored(case.answers))
    if found.result is Outcome.UNDECIDED:
        open_ = [s.path for s in found.steps
                 if s.kind is StepKind.CRITERION and s.status is StepStatus.UNDECIDED]  # fmt: skip
        raise StillUndecided(open_ or [one.code for one in case.definition.criteria])
    row = case.row
    row.result, row.grade, row.decided_on = EvaluationResult(found.result), found.grade, day
    row.percent = None if found.percent is None else Decimal(str(found.percent))
    row.decided_as = position
    return ["decided_as", "decided_on", "grade", "percent", "result"]


def _reopen(case: Case, data: EvaluationTransition) -> list[EvaluationAnswer]:
    """Open the named criteria again, each with its reason; the others stay closed."""
    if not data.criteria:
        raise CriteriaNeeded(data.action)
    stored = {one.path: one for one in case.answers}
    found = []
    for named in data.criteria:
        for path in _list_paths(case.definition, named):
            one = stored.get(path) or EvaluationAnswer(evaluation_id=case.row.id, path=path)
            one.reopened_reason, one.reopened_in = named.reason, case.row.submission
            stored[path] = one
            found.append(one)
    return found


def _list_paths(definition: Definition, named: ReopenedCriterion) -> list[str]:
    known = answer_forms.list_paths(definition)
    code = named.criterion
    found = [path for path, one in known.items() if code in (path, one.code)]
    if not found:
        raise UnknownCriterion(code, list(known))
    return found
