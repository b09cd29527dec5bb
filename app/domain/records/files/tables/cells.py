"""Cells as a file holds them, before anybody knows what they mean."""

from dataclasses import dataclass, field
from typing import Literal

from app.domain.records.files.child.refusal import Refused

CellKind = Literal["text", "number", "flag", "date", "moment", "time", "error", "formula", "nested"]
MAX_ROWS, MAX_COLUMNS, MAX_CELLS, MAX_CELL_TEXT = 20_000, 256, 300_000, 32_767


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something; a number keeps the spelling that its format shows."""

    kind: CellKind
    text: str


Row = dict[int, Cell]


@dataclass(slots=True)
class Sheet:
    """A sheet: its rows by their numbers as the sheet counts them."""

    name: str | None
    rows: dict[int, Row] = field(default_factory=dict)
    hidden: bool = False


class Budget:
    """Counts what a file brings, over all its sheets; refuses one that brings too much."""

    def __init__(self) -> None:
        self._rows = self._cells = 0

    def add_cell(self, column: int, text: str, sheet: str | None, row: int) -> None:
        """Count a cell that holds something."""
        self._cells += 1
        if column >= MAX_COLUMNS or self._cells > MAX_CELLS:
            place = {"sheet": sheet, "row": row, "column": column_letters(column)}
            raise Refused("too_wide", most=MAX_COLUMNS, **place)
        if len(text) > MAX_CELL_TEXT:
            raise Refused("cell_too_long", sheet=sheet, row=row, column=column_letters(column))

    def add_row(self) -> None:
        """Count a row that holds something."""
        self._rows += 1
        if self._rows > MAX_ROWS + 50:  # titles and headers are no rows of the table
            raise Refused("too_long", most=MAX_ROWS)


def column_letters(column: int) -> str:
    """Return the letters by which a sheet names a column: A, Z, AA."""
    letters, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters
