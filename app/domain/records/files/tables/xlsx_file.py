"""XLSX: each cell as its sheet shows it, with its place; nothing of it is calculated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.tables.cells import (
    Bounds,
    Budget,
    Cell,
    NumberedRow,
    Row,
    Sheet,
    column_number,
)
from app.domain.records.files.tables.form import TableForm
from app.domain.records.files.tables.xlsx_book import Book, SheetPart, read_book
from app.domain.records.files.tables.xlsx_cells import read_cell
from app.domain.records.files.tables.xlsx_merges import read_merges, spread_merges
from app.domain.records.files.tables.xlsx_package import Attributes, Package, XmlReader

PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MAX_SHEET_ROWS = 1_048_576
IN_CELL = ("v", "t", "f")


def read_xlsx(content: bytes, form: TableForm, bounds: Bounds) -> Iterator[Sheet]:
    """Yield the sheets of a workbook; each is read as far as its rows are taken."""
    package, budget, first = Package(content), Budget(bounds), Budget(bounds)
    book = read_book(package)
    for part in book.sheets:
        if not package.has(part.part):
            raise Refused("not_a_workbook")
        merges = read_merges(package.unpack(part.part), first)
        rows = _SheetReader(book, part, budget).read(package)
        yield Sheet(part.name, spread_merges(merges, rows), part.hidden)


@dataclass(slots=True)
class _Open:
    """The cell that is being read."""

    column: int
    kind: str
    style: int
    parts: dict[str, list[str]] = field(default_factory=dict)


class _SheetReader:
    def __init__(self, book: Book, part: SheetPart, budget: Budget) -> None:
        self.book, self.part, self.budget = book, part, budget
        self.row, self.column = 0, -1
        self.cell: _Open | None = None
        self.reading = ""
        self.whole, self.begun = list[NumberedRow](), Row()
        self.number = 0

    def read(self, package: Package) -> Iterator[NumberedRow]:
        """Yield the rows of the sheet that hold anything, as they come."""
        reader = XmlReader(self._start, self._end, self._add)
        for _ in reader.read(package.unpack(self.part.part, again=True)):
            yield from self.whole
            self.whole.clear()
        if self.begun:
            yield self.number, self.begun

    def _start(self, tag: str, given: Attributes) -> None:
        if tag == "row":
            self.row, self.column = _number(given.get("r"), self.row + 1), -1
        elif tag == "c":
            self._open_cell(given)
        elif tag in IN_CELL and self.cell:
            self.reading = tag
            self.cell.parts.setdefault(tag, [])

    def _open_cell(self, given: Attributes) -> None:
        if found := PLACE.fullmatch(given.get("r", "")):
            self.column, self.row = column_number(found[1]), _number(found[2], self.row)
        else:
            self.column += 1
        style = given.get("s", "0")
        self.cell = _Open(self.column, given.get("t", "n"), int(style) if style.isdigit() else 0)

    def _add(self, text: str) -> None:
        if self.cell and self.reading:
            self.cell.parts[self.reading].append(text)

    def _end(self, tag: str) -> None:
        if tag == self.reading:
            self.reading = ""
        elif tag == "c" and self.cell:
            self._close_cell(self.cell)
            self.cell = None

    def _close_cell(self, opened: _Open) -> None:
        cell = self._read_cell(opened)
        if cell is None or (cell.kind == "text" and not cell.text.strip()):
            return
        self.budget.add_cell(opened.column, cell.text, self.part.name, self.row)
        if self.row != self.number:
            self._begin_row()
        self.begun[opened.column] = cell

    def _begin_row(self) -> None:
        """Begin the next row that holds anything; spreadsheets write rows in their order."""
        if self.row < self.number:
            raise Refused("not_a_workbook")
        if self.begun:
            self.whole.append((self.number, self.begun))
        self.budget.add_row()
        self.number, self.begun = self.row, Row()

    def _read_cell(self, opened: _Open) -> Cell | None:
        text = {name: "".join(found) for name, found in opened.parts.items()}
        value = text.get("t", "") if opened.kind == "inlineStr" else text.get("v", "")
        if not value and "f" in text and opened.kind != "str":
            return Cell("formula", f"={text['f']}"[:200])
        if not value:
            return None
        return read_cell(opened.kind, opened.style, value, self.book)


def _number(text: str | None, otherwise: int) -> int:
    found = int(text) if text and text.isdigit() and len(text) < 8 else otherwise
    if not 0 < found <= MAX_SHEET_ROWS:
        raise Refused("not_a_workbook")
    return found
