"""Values of the cells of a workbook, by the type that each states."""

import re
from collections.abc import Callable

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.tables.cells import Cell
from app.domain.records.files.tables.formulas import restore
from app.domain.records.files.tables.serials import read_serial
from app.domain.records.files.tables.xlsx_book import Book

ESCAPED = re.compile(r"_x((?!D[89A-F])[0-9A-F]{4})_", re.IGNORECASE)  # no halves of characters


def read_cell(kind: str, style: int, value: str, book: Book) -> Cell:
    """Return a cell as its sheet shows it."""
    as_shown = book.formats[style] if style < len(book.formats) else ""
    return READ.get(kind, _read_text)(value, as_shown, book)


def _plain_text(value: str) -> str:
    """Return text as a person typed it: workbooks spell what XML cannot hold as _x000D_."""
    return restore(ESCAPED.sub(lambda found: chr(int(found[1], 16)), value))


def _read_number(value: str, as_shown: str, book: Book) -> Cell:
    return read_serial(value, as_shown, from_1904=book.from_1904)


def _read_text(value: str, as_shown: str, book: Book) -> Cell:
    return Cell("text", _plain_text(value))


def _read_shared(value: str, as_shown: str, book: Book) -> Cell:
    if not value.isdigit() or len(value) > 9 or int(value) >= len(book.texts):
        raise Refused("not_a_workbook")
    return Cell("text", _plain_text(book.texts[int(value)]))


def _read_flag(value: str, as_shown: str, book: Book) -> Cell:
    return Cell("flag", "true" if value.strip() == "1" else "false")


def _read_error(value: str, as_shown: str, book: Book) -> Cell:
    return Cell("error", value)


READ: dict[str, Callable[[str, str, Book], Cell]] = {
    "n": _read_number, "s": _read_shared, "b": _read_flag, "e": _read_error,
}  # fmt: skip
