"""Decisions about figures: the qualifier of a sum, shares, comparisons, small bases."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from app.db.tables.stated_figures import Qualifier

MIN_CELL = 5  # smaller numbers of sensitive measures are suppressed for foreign units
SMALL_BASE = 10  # below it, a change in per cent says more than the numbers do
Q = Qualifier
ABOVE = {Q.MORE_THAN, Q.AT_LEAST, Q.UNQUANTIFIED}  # the true number is not below
BELOW = {Q.ALMOST, Q.LESS_THAN, Q.AT_MOST}  # the true number is not above


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of some facts. Rows of unknown size are counted, and never taken for 0."""

    value: Decimal | None = Decimal(0)
    facts: int = 0
    unknown: int = 0
    qualifier: Qualifier = Q.EQUAL
    change: Decimal | None = None  # the sum of rows that tell a change alone
    changes: int = 0
    suppressed: bool = False


NOTHING, NO_SHARE = Sum(), Sum(None)


def hide(one: Sum) -> Sum:
    """Return a sum that is suppressed."""
    return replace(one, value=None, facts=0, unknown=0, suppressed=True)


def has_no_level(facts: int, unknown: int, changes: int) -> bool:
    """Return whether records tell no level: changes alone, or numbers that nobody gave."""
    return unknown >= facts if facts else changes > 0


def join_qualifiers(found: Collection[str], unknown: int) -> Qualifier:
    """Return the qualifier of a sum: as exact as its least exact part."""
    parts = {Q(one) for one in found} | ({Q.UNQUANTIFIED} if unknown else set())
    above, below = parts & ABOVE, parts & BELOW
    if Q.ABOUT in parts or (above and below):
        return Q.ABOUT
    if above:
        return Q.MORE_THAN if Q.MORE_THAN in above else Q.AT_LEAST
    if below:
        strict = below - {Q.AT_MOST}
        return Q.ALMOST if strict == {Q.ALMOST} else Q.LESS_THAN if strict else Q.AT_MOST
    return Q.EQUAL


def share(part: Sum, whole: Sum) -> Sum:
    """Return the share of a part in a whole, in per cent; without a whole there is none."""
    if part.suppressed or whole.suppressed or part.value is None or not whole.value:
        hidden = part.suppressed or whole.suppressed
        return Sum(None, part.facts, 0, Q.EQUAL, suppressed=hidden)
    exact = part.qualifier is Q.EQUAL and whole.qualifier is Q.EQUAL
    return Sum(percent(part.value, whole.value), part.facts, 0, Q.EQUAL if exact else Q.ABOUT)


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return a share in per cent, rounded half up to two decimals."""
    return (part * 100 / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)


def compute_change(now: Sum, base: Sum) -> tuple[Decimal | None, Decimal | None]:
    """Return by how much a figure has changed, and in per cent where the base is above 0."""
    if now.value is None or base.value is None:
        return None, None
    difference = now.value - base.value
    return difference, percent(difference, base.value) if base.value > 0 else None


def is_small(base: Decimal | None) -> bool:
    """Return whether a base is so small that a share or a change in per cent misleads."""
    return base is not None and base < SMALL_BASE
