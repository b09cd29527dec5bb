"""Rules on the service level: the share, and the suppression of small numbers.

The share is that of the tips resolved in time among those received that are due.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from decimal import ROUND_HALF_UP, Decimal

from app.domain.tips.service_level.schemas import ServiceFigures
from app.domain.tips.transparency_log.small_cells import find_suppressed


@dataclass(frozen=True, slots=True)
class Counts:
    """Numbers of tips received, and of what became of them."""

    received: int = 0
    resolved_in_time: int = 0
    resolved_late: int = 0
    overdue: int = 0
    not_yet_due: int = 0
    downgraded: int = 0  # beside the others: crimes that were taken for something else later

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


NAMES = tuple(field.name for field in fields(Counts))
PARTS = tuple(name for name in NAMES if name != "downgraded")  # received, and its parts
IN_SHARE = ("received", "resolved_in_time")  # the share is computed from these


def add_up(lines: Iterable[Counts]) -> Counts:
    """Add up lines."""
    return sum(lines, Counts())


def compute_percent(counts: Counts) -> float | None:
    """Compute the percentage of due tips resolved in time, half up; None where none is due."""
    due = counts.received - counts.not_yet_due
    if not due:
        return None
    share = Decimal(counts.resolved_in_time) * 100 / due
    return float(share.quantize(Decimal("0.01"), ROUND_HALF_UP))


def publish(lines: Sequence[Counts], *, whole: bool) -> list[ServiceFigures]:
    """Publish lines and then their total; whole to those who may read tips, else suppressed."""
    table = [*lines, add_up(lines)]
    numbers = {(n, name): getattr(row, name) for n, row in enumerate(table) for name in NAMES}
    columns = [[(n, name) for n in range(len(table))] for name in NAMES]
    rows = [[(n, name) for name in PARTS] for n in range(len(table))]
    suppressed = set() if whole else find_suppressed(numbers, columns, rows)
    return [
        _figures(row, {name for name in NAMES if (n, name) in suppressed})
        for n, row in enumerate(table)
    ]


def _figures(counts: Counts, suppressed: Collection[str]) -> ServiceFigures:
    """Build one row; its share would reveal a suppressed number, unless that is zero."""
    known = {name: None if name in suppressed else getattr(counts, name) for name in NAMES}
    reveals = any(getattr(counts, name) or name in IN_SHARE for name in suppressed if name in PARTS)
    share = None if reveals else compute_percent(counts)
    return ServiceFigures(**known, percent=share, suppressed=bool(suppressed))
