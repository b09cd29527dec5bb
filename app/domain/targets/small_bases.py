"""Small bases: where one case more or less decides on a target, it measures nothing."""

from dataclasses import replace
from decimal import Decimal

from app.db.tables.targets import TargetSide
from app.domain.targets.terms import (
    COMPARED,
    HUNDRED,
    SHARES,
    Reading,
    Terms,
    compute_threshold,
    meets,
)

MAX_POOLED = 5  # years that are taken together at most


def does_one_case_decide(terms: Terms, base: Reading) -> bool:
    """Return whether one case more or less than in the base period decides on the target."""
    if terms.shape not in COMPARED or base.value is None:
        return False
    step = Decimal(1)
    if terms.shape in SHARES:
        step = HUNDRED / base.denominator if base.denominator else HUNDRED
    threshold = compute_threshold(terms, base.value)
    assert threshold is not None
    sign = 1 if terms.comparator is TargetSide.AT_LEAST else -1
    same = meets(terms, threshold, base.value)
    return same != meets(terms, threshold, base.value + (-sign if same else sign) * step)


def pool_years(terms: Terms, base: Reading) -> int | None:
    """Return over how many years taken together no single case decides; None if over 5."""
    for years in range(2, MAX_POOLED + 1):
        pooled = _pool(terms, base, years)
        if not does_one_case_decide(terms, pooled):
            return years
    return None


def _pool(terms: Terms, base: Reading, years: int) -> Reading:
    if terms.shape in SHARES:
        return replace(base, denominator=base.denominator and base.denominator * years)
    return replace(base, value=base.value and base.value * years)
