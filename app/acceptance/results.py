"""The result for each row of a file: held, reported, equal, or not understood and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.acceptance.rows import PublishedFigure

COMPUTED, STATED, UNKNOWN = "computed", "stated", "not understood"


@dataclass(frozen=True, slots=True)
class RowResult:
    """The result of a row."""

    row: PublishedFigure
    how: str
    held: bool = False
    reported: str | None = None
    equal: bool = False
    unit: str = ""
    place: str = ""
    why: str = ""

    @property
    def differs(self) -> bool:
        """Return whether a row that was understood is not held, reported and equal."""
        return self.how != UNKNOWN and not (self.held and self.reported is not None and self.equal)


def write_number(value: Any) -> str:
    """Write a value without zeros at its end."""
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return f"{Decimal(str(value)).normalize():f}"
    return str(value)


def list_lines(results: Sequence[RowResult]) -> list[str]:
    """List a line for each row, and the sums at the end."""
    return [*(_write(one) for one in results), *_sum_up(results)]


def _write(one: RowResult) -> str:
    row, yes = one.row, {True: "yes", False: "NO"}
    printed = " ".join(word for word in (row.qualifier, row.value) if word and word != "=")
    parts = [
        f"{row.id:6} {one.how:14}", f"held={yes[one.held]} reported={one.reported or '-'}",
        f"equal={yes[one.equal]}", f"printed={printed} {row.unit}", f"unit={one.unit or '-'}",
        f"period={row.period}", f"place={row.place} -> {one.place or '-'}", f"source={row.source}",
        *([f"why={one.why}"] if one.why else []),
    ]  # fmt: skip
    return " | ".join(parts)


def _sum_up(results: Sequence[RowResult]) -> list[str]:
    lines = [""]
    for how in (COMPUTED, STATED):
        some = [one for one in results if one.how == how]
        reported = sum(one.reported is not None for one in some)
        lines.append(
            f"{how}: {len(some)} rows, {sum(one.held for one in some)} held, {reported} reported, "
            f"{sum(one.equal for one in some)} equal"
        )
    unknown = sum(one.how == UNKNOWN for one in results)
    differing = sum(one.differs for one in results)
    return [*lines, f"not understood: {unknown} rows", f"{len(results)} rows, {differing} differ"]
