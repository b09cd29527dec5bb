"""Cells as a file holds them, before anybody knows what they mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.domain.records.files.child.refusal import Refused

CellKind = Literal["text", "number", "flag", "date", "moment", "time", "error", "formula", "nested"]
MAX_COLUMNS, MAX_CELL_TEXT = 256, 32_767


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds something; a number keeps the spelling that its format shows."""

    kind: CellKind
    text: str


Row = dict[int, Cell]


NumberedRow = tuple[int, Row]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most rows and cells that a file may bring."""

    rows: int
    cells: int


WHOLE = Bounds(20_000, 300_000)  # of a file that is held as a whole
STREAMED = Bounds(120_000, 2_400_000)  # of one whose rows are taken one after another


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its rows that hold anything, with their numbers as the sheet counts them."""

    name: str | None
    rows: Iterator[NumberedRow]
    hidden: bool = False


class Budget:
    """Counts what a file brings, over all its sheets; refuses one that brings too much."""

    def __init__(self, bounds: Bounds = WHOLE) -> None:
        self._rows, self._cells, self._bounds = 0, 0, bounds

    def add_cell(self, column: int, text: str, sheet: str | None, row: int) -> None:
        """Count a cell that holds something."""
        self._cells += 1
        if column >= MAX_COLUMNS or self._cells > self._bounds.cells:
            place = {"sheet": sheet, "row": row, "column": column_letters(column)}
            raise Refused("too_wide", most=MAX_COLUMNS, **place)
        if len(text) > MAX_CELL_TEXT:
            raise Refused("cell_too_long", sheet=sheet, row=row, column=column_letters(column))

    def add_row(self) -> None:
        """Count a row that holds something."""
        self._rows += 1
        most = self._bounds.rows
        if self._rows > most + 50:  # titles and headers are no rows of the table
            raise Refused("too_long", most=most)


def column_letters(column: int) -> str:
    """Return the letters by which a sheet names a column: A, Z, AA."""
    letters, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def column_number(letters: str) -> int:
    """Return the number of a column, from 0, by its letters."""
    found = 0
    for letter in letters:
        found = 26 * found + ord(letter) - ord("A") + 1
    return found - 1
