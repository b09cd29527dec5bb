"""Checks of targets: shape, basis, comparator, value, period and baseline fit each other."""

from decimal import Decimal

from app.db.tables.targets import Target, TargetShape, TargetSide
from app.domain.figures.indicators import Indicator
from app.domain.records.windows import find_period, shift
from app.domain.targets.errors import (
    BaselineByShape,
    BaselineOnce,
    BasisByShape,
    CeilingIsAtMost,
    NumberNeeded,
    PeriodOfTarget,
    ShareNeeded,
    ValueOutOfBounds,
)
from app.domain.targets.terms import COMPARED, SHARES

MAX_YEARS, LEAST_CHANGE = 10, -100


def choose_comparator(shape: TargetShape, value: Decimal) -> TargetSide:
    """Return the side on which a target is met where nobody says: a decrease is at most."""
    falls = shape is TargetShape.CEILING or (shape in COMPARED and value < 0)
    return TargetSide.AT_MOST if falls else TargetSide.AT_LEAST


def set_period(target: Target) -> None:
    """Set the days of a target that names a window."""
    if target.window_name is not None:
        period = find_period(target.window_name)
        target.period_from, target.period_to = period.first, period.last


def check(target: Target, indicator: Indicator) -> None:
    """Refuse a target that contradicts itself or its indicator."""
    share = indicator.measure is None
    if target.shape in SHARES and not share:
        raise ShareNeeded(target.shape, indicator.code)
    if target.shape is TargetShape.RELATIVE_CHANGE and share:
        raise NumberNeeded(indicator.code)
    if (target.basis is None) == (target.shape is TargetShape.GROWTH):
        raise BasisByShape(needed=target.basis is None)
    if target.shape is TargetShape.CEILING and target.comparator is not TargetSide.AT_MOST:
        raise CeilingIsAtMost()
    check_value(target.shape, target.value)
    _check_days(target)
    _check_baseline(target)


def check_value(shape: TargetShape, value: Decimal) -> None:
    """Refuse a value that its shape never has."""
    if shape in COMPARED and value < LEAST_CHANGE:
        raise ValueOutOfBounds(LEAST_CHANGE, None)
    if shape is TargetShape.RATIO and not 0 <= value <= 100:
        raise ValueOutOfBounds(0, 100)
    if shape is TargetShape.CEILING and value < 0:
        raise ValueOutOfBounds(0, None)


def _check_days(target: Target) -> None:
    first, last = target.period_from, target.period_to
    if first is None or last is None or not first <= last < shift(first, MAX_YEARS * 12):
        raise PeriodOfTarget()


def _check_baseline(target: Target) -> None:
    days = (target.baseline_from, target.baseline_to)
    stated = (target.baseline_value, target.baseline_source)
    if target.shape not in COMPARED:
        if any(one is not None for one in (*days, *stated)):
            raise BaselineByShape(target.shape)
        return
    first, last = days
    of_days = first is not None and last is not None and first <= last
    if (None in stated) != (stated == (None, None)) or (None in days) != (days == (None, None)):
        raise BaselineOnce()
    if of_days == (target.baseline_value is not None):
        raise BaselineOnce()
