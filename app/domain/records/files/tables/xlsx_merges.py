"""A first look at a sheet, before its rows are read: their number, and the merged cells.

A merged cell that covers several rows of a column stands in each of them; a sheet names it after
its rows. A sheet with too many rows is refused before any of them is taken.
"""

import re
from collections.abc import Iterator

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.tables.cells import Budget, Cell, NumberedRow, column_number
from app.domain.records.files.tables.xlsx_package import Attributes, XmlReader

AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
MAX_MERGED = 20_000
VALUES = ("v", "t")
Area = tuple[int, int]  # a column, and the last row


def read_merges(pieces: Iterator[bytes], budget: Budget) -> dict[int, list[Area]]:
    """Return the areas of a sheet that lie in one column, by their first rows."""
    survey = _Survey(budget)
    XmlReader(survey.start).feed(pieces)
    return survey.areas


class _Survey:
    def __init__(self, budget: Budget) -> None:
        self.areas: dict[int, list[Area]] = {}
        self._budget, self._merged, self._row_counts = budget, 0, False

    def start(self, tag: str, given: Attributes) -> None:
        """Look at the beginning of an element."""
        if tag in VALUES and self._row_counts:
            self._row_counts = False
            self._budget.add_row()
        elif tag == "row":
            self._row_counts = True
        elif tag == "mergeCell":
            self._add_area(given.get("ref", ""))

    def _add_area(self, area: str) -> None:
        self._merged += 1
        if self._merged > MAX_MERGED:
            raise Refused("bomb")
        found = AREA.fullmatch(area)
        if found and found[1] == found[3]:
            named = column_number(found[1]), int(found[4])
            self.areas.setdefault(int(found[2]), []).append(named)


def spread_merges(
    areas: dict[int, list[Area]], rows: Iterator[NumberedRow]
) -> Iterator[NumberedRow]:
    """Yield rows, each with the merged cells that cover it."""
    covering: dict[int, tuple[int, Cell]] = {}
    for number, row in rows:
        for column, (last, covers) in covering.items():
            if number <= last:
                row.setdefault(column, covers)
        for column, last in areas.get(number, ()):
            if cell := row.get(column):
                covering[column] = last, cell
        yield number, row
