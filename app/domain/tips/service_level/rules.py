"""How well tips are served, in numbers; to those who may not read tips small numbers are not told.

The share is of those received and resolved in time among those received that are due.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from decimal import ROUND_HALF_UP, Decimal

from app.domain.tips.counter.suppressing import hidden
from app.domain.tips.service_level.schemas import ServiceFigures


@dataclass(frozen=True, slots=True)
class Counts:
    """Tips received, and what became of them."""

    received: int = 0
    resolved_in_time: int = 0
    resolved_late: int = 0
    overdue: int = 0
    not_yet_due: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


NAMES = tuple(field.name for field in fields(Counts))
SHARED = ("received", "resolved_in_time")  # by these the share is worked out


def total(lines: Iterable[Counts]) -> Counts:
    """All of them."""
    return sum(lines, Counts())


def percent(counts: Counts) -> float | None:
    """How many in a hundred of those due were resolved in time, half up; None where none is due."""
    due = counts.received - counts.not_yet_due
    if not due:
        return None
    share = Decimal(counts.resolved_in_time) * 100 / due
    return float(share.quantize(Decimal("0.01"), ROUND_HALF_UP))


def told(lines: Sequence[Counts], *, whole: bool) -> list[ServiceFigures]:
    """The lines and after them their total, as they are told; whole to those who may read tips."""
    table = [*lines, total(lines)]
    numbers = {(n, name): getattr(row, name) for n, row in enumerate(table) for name in NAMES}
    columns = [[(n, name) for n in range(len(table))] for name in NAMES]
    rows = [[(n, name) for name in NAMES] for n in range(len(table))]
    kept_back = set() if whole else hidden(numbers, columns, rows)
    return [
        _figures(row, {name for name in NAMES if (n, name) in kept_back})
        for n, row in enumerate(table)
    ]


def _figures(counts: Counts, kept_back: Collection[str]) -> ServiceFigures:
    """One row; its share would betray whatever of it is not told, unless that is none."""
    known = {name: None if name in kept_back else getattr(counts, name) for name in NAMES}
    betrays = any(getattr(counts, name) or name in SHARED for name in kept_back)
    share = None if betrays else percent(counts)
    return ServiceFigures(**known, percent=share, suppressed=bool(kept_back))
