"""The rule engine: a definition and answers become a result, and how it came about.

A pure function: nothing but its arguments decides. Whatever is unmet outweighs what is undecided.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from app.domain.criteria import words
from app.domain.criteria.answers import NOTHING, Answers
from app.domain.criteria.calculation import (
    Calculation,
    CalculationStep,
    Outcome,
    StepKind,
    StepStatus,
)
from app.domain.criteria.criterion_steps import compute_criterion
from app.domain.criteria.definitions import Criterion, CriterionGroup, CriterionKind, Definition

S = StepStatus


@dataclass(frozen=True, slots=True)
class Score:
    """Points, of all that could be had."""

    points: Decimal
    most: Decimal

    @property
    def percent(self) -> Decimal | None:
        """Return the share of the points; None where there are none to be had."""
        return self.points * 100 / self.most if self.most else None


def evaluate(definition: Definition, answers: Answers) -> Calculation:
    """Compute the result of a criteria set for the answers to its criteria."""
    parts = [_compute_group(group, answers) for group in definition.groups]
    steps = [step for group in parts for step in group]
    criteria = [step for step in steps if step.kind is StepKind.CRITERION]
    score = add_up(criteria)
    knocked = any(
        one.criterion_kind == CriterionKind.KNOCK_OUT and one.status is S.NOT_MET
        for one in criteria
    )
    status, because = _decide(definition, criteria, score)
    grade = _find_grade(definition, status, score)
    root = CalculationStep(
        path="set", parent=None, kind=StepKind.SET, vi="Kết quả", en="Result", status=status,
        points=_write(score.points) if score.most else None, most=_write(score.most) or None,
        because_vi=because[0], because_en=because[1],
    )  # fmt: skip
    return Calculation(
        result=Outcome(status), grade=grade, points=root.points, most=root.most,
        percent=_round(score.percent), knocked_out=knocked, steps=[root, *steps],
    )  # fmt: skip


def add_up(criteria: Iterable[CalculationStep]) -> Score:
    """Add up the points of criteria; those left out count on neither side."""
    scored = [one for one in criteria if one.most is not None and one.status is not S.LEFT_OUT]
    points = sum((Decimal(str(one.points or 0)) for one in scored), Decimal(0))
    return Score(points, sum((Decimal(str(one.most)) for one in scored), Decimal(0)))


def join_statuses(statuses: Iterable[StepStatus]) -> StepStatus:
    """Return the status of a whole: unmet if a part is, undecided if one is, else met."""
    found = set(statuses)
    for one in (S.NOT_MET, S.UNDECIDED, S.MET):
        if one in found:
            return one
    return S.LEFT_OUT


def _compute_group(group: CriterionGroup, answers: Answers) -> list[CalculationStep]:
    steps = [step for one in group.criteria for step in _compute_one(one, group, answers)]
    criteria = [step for step in steps if step.kind is StepKind.CRITERION]
    score, status = add_up(criteria), join_statuses(step.status for step in criteria)
    because = words.tell_whole(criteria)
    own = CalculationStep(
        path=group.code, parent="set", kind=StepKind.GROUP, vi=group.vi, en=group.en,
        status=status, points=_write(score.points) if score.most else None,
        most=_write(score.most) or None, because_vi=because[0], because_en=because[1],
    )  # fmt: skip
    return [own, *steps]


def _compute_one(
    one: Criterion, group: CriterionGroup, answers: Answers
) -> Iterator[CalculationStep]:
    given = {part.code: answers.get(f"{one.code}/{part.code}", NOTHING) for part in one.parts}
    yield from compute_criterion(one, group.code, answers.get(one.code, NOTHING), given)


def _decide(
    definition: Definition, criteria: list[CalculationStep], score: Score
) -> tuple[StepStatus, words.Because]:
    """Return the status of the set: that of its criteria, and enough points where some are due."""
    status = join_statuses(one.status for one in criteria)
    least = definition.least_percent
    short = score.percent is not None and least is not None and score.percent < Decimal(str(least))
    if status is S.MET and short and least is not None:
        return S.NOT_MET, words.tell_too_few(_round(score.percent), least)
    if status is S.LEFT_OUT:  # nothing at all was decided
        status = S.UNDECIDED
    return status, words.tell_whole(criteria)


def _find_grade(definition: Definition, status: StepStatus, score: Score) -> str | None:
    """Return the grade by the share of the points; the lowest one if a criterion is unmet."""
    if not definition.grades or status is S.UNDECIDED:
        return None
    if status is S.NOT_MET:
        return definition.grades[-1].code
    percent = score.percent or Decimal(0)
    for grade in definition.grades:
        if grade.least_percent is not None and percent >= Decimal(str(grade.least_percent)):
            return grade.code
    return None


def _write(value: Decimal) -> float:
    return float(value)


def _round(value: Decimal | None) -> float | None:
    return None if value is None else float(value.quantize(Decimal("0.01"), ROUND_HALF_UP))
