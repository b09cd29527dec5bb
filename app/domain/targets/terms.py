"""The terms of a target, and its threshold."""

from dataclasses import dataclass
from decimal import Decimal

from app.db.tables.stated_figures import Qualifier
from app.db.tables.targets import ChangeBasis, TargetShape, TargetSide

HUNDRED = Decimal(100)
COMPARED = {TargetShape.RELATIVE_CHANGE, TargetShape.GROWTH}  # with an earlier period
SHARES = {TargetShape.RATIO, TargetShape.GROWTH}


@dataclass(frozen=True, slots=True)
class Terms:
    """The demands of a target."""

    shape: TargetShape
    comparator: TargetSide
    value: Decimal
    basis: ChangeBasis | None = None
    adds_up: bool = True  # the figure grows day by day; else it is what stands on a day


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as a target reads it; of a share, with what is below the line."""

    value: Decimal | None
    qualifier: Qualifier = Qualifier.EQUAL
    denominator: Decimal | None = None

    @property
    def exact(self) -> bool:
        """Return whether the value is exact."""
        return self.qualifier is Qualifier.EQUAL


def compute_threshold(terms: Terms, base: Decimal | None) -> Decimal | None:
    """Return what the figure should be: at least or at most."""
    if terms.shape not in COMPARED:
        return terms.value
    if base is None:
        return None
    if terms.basis is ChangeBasis.PERCENTAGE_POINT:
        return base + terms.value
    return base * (HUNDRED + terms.value) / HUNDRED


def meets(terms: Terms, threshold: Decimal, value: Decimal) -> bool:
    """Return whether a value lies on the right side of a threshold."""
    return value >= threshold if terms.comparator is TargetSide.AT_LEAST else value <= threshold
