"""XLSX: each cell as its sheet shows it, with its place; nothing of it is calculated."""

import re
from dataclasses import dataclass, field

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.tables.cells import Budget, Cell, Sheet
from app.domain.records.files.tables.form import TableForm
from app.domain.records.files.tables.xlsx_book import Book, SheetPart, read_book
from app.domain.records.files.tables.xlsx_cells import read_cell
from app.domain.records.files.tables.xlsx_package import Attributes, Package, XmlReader

PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
MERGED = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
MAX_MERGED, MAX_SHEET_ROWS = 20_000, 1_048_576
IN_CELL = ("v", "t", "f")


def read_xlsx(content: bytes, form: TableForm) -> list[Sheet]:
    """Return all sheets of a workbook that hold anything."""
    package, budget = Package(content), Budget()
    book = read_book(package)
    sheets = [_SheetReader(book, part, budget).read(package) for part in book.sheets]
    return [sheet for sheet in sheets if sheet.rows]


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
        self.sheet = Sheet(part.name, hidden=part.hidden)
        self.row, self.column = 0, -1
        self.cell: _Open | None = None
        self.reading, self.merged = "", list[str]()

    def read(self, package: Package) -> Sheet:
        """Read the sheet; a merged cell stands for each row that it covers."""
        if not package.has(self.part.part):
            raise Refused("not_a_workbook")
        reader = XmlReader(self._start, self._end, self._add)
        reader.feed(package.unpack(self.part.part))
        for area in self.merged:
            _spread(self.sheet, area)
        return self.sheet

    def _start(self, tag: str, given: Attributes) -> None:
        if tag == "row":
            self.row, self.column = _number(given.get("r"), self.row + 1), -1
        elif tag == "c":
            self._open_cell(given)
        elif tag in IN_CELL and self.cell:
            self.reading = tag
            self.cell.parts.setdefault(tag, [])
        elif tag == "mergeCell":
            self.merged.append(given.get("ref", ""))
            if len(self.merged) > MAX_MERGED:
                raise Refused("bomb")

    def _open_cell(self, given: Attributes) -> None:
        if found := PLACE.fullmatch(given.get("r", "")):
            self.column, self.row = _column(found[1]), _number(found[2], self.row)
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
        if self.row not in self.sheet.rows:
            self.budget.add_row()
        self.sheet.rows.setdefault(self.row, {})[opened.column] = cell

    def _read_cell(self, opened: _Open) -> Cell | None:
        text = {name: "".join(found) for name, found in opened.parts.items()}
        value = text.get("t", "") if opened.kind == "inlineStr" else text.get("v", "")
        if not value and "f" in text and opened.kind != "str":
            return Cell("formula", f"={text['f']}"[:200])
        if not value:
            return None
        return read_cell(opened.kind, opened.style, value, self.book)


def _spread(sheet: Sheet, area: str) -> None:
    """Let a cell that covers several rows of a column stand in each row that holds anything."""
    found = MERGED.fullmatch(area)
    if not found or found[1] != found[3]:
        return
    column, first, last = _column(found[1]), int(found[2]), int(found[4])
    cell = sheet.rows.get(first, {}).get(column)
    if cell:
        for number in [n for n in sheet.rows if first < n <= last]:
            sheet.rows[number].setdefault(column, cell)


def _column(letters: str) -> int:
    found = 0
    for letter in letters:
        found = 26 * found + ord(letter) - ord("A") + 1
    return found - 1


def _number(text: str | None, otherwise: int) -> int:
    found = int(text) if text and text.isdigit() and len(text) < 8 else otherwise
    if not 0 < found <= MAX_SHEET_ROWS:
        raise Refused("not_a_workbook")
    return found
