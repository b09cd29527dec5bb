"""Decisions about targets: what is met, what is on the way, and what cannot be measured."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.db.tables.stated_figures import Qualifier
from app.db.tables.targets import ChangeBasis, TargetSide
from app.domain.targets.small_bases import does_one_case_decide, pool_years
from app.domain.targets.terms import COMPARED, Reading, Terms, compute_threshold, meets


class Verdict(StrEnum):
    """Verdict on a target: after its period, or while that runs."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    OFF_TRACK = "off_track"
    MET = "met"
    NOT_MET = "not_met"
    NOT_MEASURABLE = "not_measurable"


class Unmeasurable(StrEnum):
    """Reason for which a target cannot be measured."""

    NO_FIGURE = "no_figure"
    NO_BASELINE = "no_baseline"
    BASE_IS_ZERO = "base_is_zero"
    ONE_CASE_DECIDES = "one_case_decides"
    NOT_EXACT = "not_exact"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, and the numbers that led to it."""

    verdict: Verdict
    reason: Unmeasurable | None = None
    threshold: Decimal | None = None
    forecast: Decimal | None = None
    pooled_years: int | None = None


def judge(terms: Terms, base: Reading | None, now: Reading, elapsed: Decimal) -> Judgement:
    """Judge a target, when this share of its period (0 to 1) is over."""
    if reason := _find_reason(terms, base):
        pooled = reason is Unmeasurable.ONE_CASE_DECIDES and base and pool_years(terms, base)
        return Judgement(Verdict.NOT_MEASURABLE, reason, pooled_years=pooled or None)
    threshold = compute_threshold(terms, base.value if base else None)
    assert threshold is not None
    if now.value is None:
        return Judgement(Verdict.NOT_MEASURABLE, Unmeasurable.NO_FIGURE, threshold)
    if not _is_certain(terms, threshold, now):
        return Judgement(Verdict.NOT_MEASURABLE, Unmeasurable.NOT_EXACT, threshold)
    if elapsed >= 1:
        done = meets(terms, threshold, now.value)
        return Judgement(Verdict.MET if done else Verdict.NOT_MET, None, threshold)
    return _forecast(terms, threshold, base, now.value, elapsed)


def _find_reason(terms: Terms, base: Reading | None) -> Unmeasurable | None:
    if terms.shape not in COMPARED:
        return None
    if base is None or base.value is None:
        return Unmeasurable.NO_BASELINE
    if not base.exact:
        return Unmeasurable.NOT_EXACT
    if base.value == 0 and terms.basis is not ChangeBasis.PERCENTAGE_POINT:
        return Unmeasurable.BASE_IS_ZERO
    return Unmeasurable.ONE_CASE_DECIDES if does_one_case_decide(terms, base) else None


def _is_certain(terms: Terms, threshold: Decimal, now: Reading) -> bool:
    """Return whether a value says enough: one that is at least so much may exceed a ceiling."""
    if now.exact or now.value is None:
        return now.exact
    met = meets(terms, threshold, now.value)
    if now.qualifier in (Qualifier.AT_LEAST, Qualifier.MORE_THAN):
        return met if terms.comparator is TargetSide.AT_LEAST else not met
    if now.qualifier in (Qualifier.AT_MOST, Qualifier.LESS_THAN, Qualifier.ALMOST):
        return met if terms.comparator is TargetSide.AT_MOST else not met
    return False


def _forecast(
    terms: Terms, threshold: Decimal, base: Reading | None, value: Decimal, elapsed: Decimal
) -> Judgement:
    """Forecast in a straight line; a sum only grows, so that some verdicts stand already."""
    forecast = forecast_value(terms, base.value if base else None, value, elapsed)
    on_track = meets(terms, threshold, forecast)
    verdict = Verdict.ON_TRACK if on_track else Verdict.OFF_TRACK
    if terms.adds_up:
        met = meets(terms, threshold, value)
        if terms.comparator is TargetSide.AT_LEAST and met:
            verdict = Verdict.MET
        if terms.comparator is TargetSide.AT_MOST and not met:
            verdict = Verdict.NOT_MET
    return Judgement(verdict, None, threshold, forecast)


def forecast_value(terms: Terms, base: Decimal | None, value: Decimal, elapsed: Decimal) -> Decimal:
    """Return the value at the end, if it goes on as until now."""
    if terms.adds_up:
        found = value / elapsed
    elif base is None:
        found = value
    else:
        found = base + (value - base) / elapsed
    return found.quantize(Decimal("0.01"))


def measure_elapsed(first: date, last: date, day: date) -> Decimal:
    """Return which share of a period is over at the end of a day."""
    days = (last - first).days + 1
    return Decimal(min(max((day - first).days + 1, 0), days)) / days
