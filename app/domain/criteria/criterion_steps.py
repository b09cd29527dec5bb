"""One criterion of a calculation: its status, its points, and the parts that it has."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.domain.criteria import words
from app.domain.criteria.answers import Answer
from app.domain.criteria.calculation import CalculationStep, StepKind, StepStatus
from app.domain.criteria.definitions import (
    Comparator,
    Criterion,
    CriterionKind,
    CriterionPart,
    MissingValue,
)

S, K = StepStatus, CriterionKind
MISSING = {
    MissingValue.FAIL: S.NOT_MET,
    MissingValue.LEAVE_OUT: S.LEFT_OUT,
    MissingValue.UNDECIDED: S.UNDECIDED,
}
COMPARE: dict[Comparator, Callable[[Decimal, Decimal], bool]] = {
    Comparator.AT_LEAST: lambda value, bound: value >= bound,
    Comparator.MORE_THAN: lambda value, bound: value > bound,
    Comparator.AT_MOST: lambda value, bound: value <= bound,
    Comparator.LESS_THAN: lambda value, bound: value < bound,
    Comparator.EQUAL: lambda value, bound: value == bound,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The status of a criterion, and how it was found."""

    status: StepStatus
    because: words.Because
    missing: bool = False
    value: float | None = None
    points: float | None = None


def compute_criterion(
    one: Criterion, group: str, given: Answer, parts: Mapping[str, Answer]
) -> list[CalculationStep]:
    """Return the step of a criterion, then those of its parts."""
    below = [_compute_part(one, part, parts[part.code]) for part in one.parts]
    found = _join(below) if below else _find(one, given)
    own = CalculationStep(
        path=one.code, parent=group, kind=StepKind.CRITERION, criterion_kind=one.kind,
        vi=one.vi, en=one.en, status=found.status, missing=found.missing, value=found.value,
        points=found.points, most=one.most,
        because_vi=found.because[0], because_en=found.because[1],
    )  # fmt: skip
    return [own, *below]


def is_met(one: Criterion, given: Answer) -> bool | None:
    """Return whether a value keeps the bound of a criterion; None where no value is known."""
    bound, compare = Decimal(str(one.bound)), COMPARE[one.comparator]
    if one.kind is K.CHILDREN_SHARE and given.part is not None and given.whole:
        return compare(Decimal(given.part * 100), bound * given.whole)  # exactly: no rounding
    return None if given.value is None else compare(given.value, bound)


def _compute_part(one: Criterion, part: CriterionPart, given: Answer) -> CalculationStep:
    found = _find_sentence(one, given)
    return CalculationStep(
        path=f"{one.code}/{part.code}", parent=one.code, kind=StepKind.PART, vi=part.vi,
        en=part.en, status=found.status, missing=found.missing,
        because_vi=found.because[0], because_en=found.because[1],
    )  # fmt: skip


def _join(parts: list[CalculationStep]) -> Judgement:
    """All parts must hold: one that does not decides, then one that is undecided."""
    found = {part.status for part in parts}
    order = (S.NOT_MET, S.UNDECIDED, S.MET, S.LEFT_OUT)
    status = next(status for status in order if status in found)
    return Judgement(status, words.tell_whole(parts), any(part.missing for part in parts))


def _find(one: Criterion, given: Answer) -> Judgement:
    if one.kind in (K.POINTS, K.WEIGHTED):
        return _find_points(one, given)
    if one.kind in (K.INDICATOR_THRESHOLD, K.CHILDREN_SHARE):
        return _find_value(one, given)
    return _find_sentence(one, given)


def _find_sentence(one: Criterion, given: Answer) -> Judgement:
    if given.holds is None:
        return _miss(one)
    occurs = one.kind is K.KNOCK_OUT
    return Judgement(S.MET if given.holds else S.NOT_MET, words.tell_sentence(given.holds, occurs))


def _find_points(one: Criterion, given: Answer) -> Judgement:
    """Count points; `weighted` gives that share of them which its value is, in per cent."""
    if given.value is None:
        return _miss(one)
    most = Decimal(str(one.most))
    points = given.value * most / 100 if one.kind is K.WEIGHTED else given.value
    enough = one.bound is None or COMPARE[one.comparator](points, Decimal(str(one.bound)))
    because = words.tell_points(points, most, None if enough else one.bound)
    status = S.MET if enough else S.NOT_MET
    return Judgement(status, because, value=float(given.value), points=float(points))


def _find_value(one: Criterion, given: Answer) -> Judgement:
    if (kept := is_met(one, given)) is None:
        return _miss(one)
    share = (given.part, given.whole) if given.part is not None and given.whole else None
    value = Decimal(share[0] * 100) / share[1] if share else given.value
    because = words.tell_value(value, one.comparator, one.bound, fulfilled=bool(kept), share=share)
    return Judgement(S.MET if kept else S.NOT_MET, because, value=float(value or 0))


def _miss(one: Criterion) -> Judgement:
    """Nothing is known: the strategy of the criterion says what follows."""
    points = 0.0 if one.most is not None and one.missing is MissingValue.FAIL else None
    status = MISSING[one.missing]
    if one.most is not None and one.missing is MissingValue.FAIL and one.bound is None:
        status = S.MET  # no points; the sum decides
    return Judgement(status, words.tell_missing(one.missing), missing=True, points=points)
