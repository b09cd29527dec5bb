"""CSV, with the separators and encodings that spreadsheets write."""

import csv
import io
from collections.abc import Iterator
from itertools import islice

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.tables.cells import (
    MAX_CELL_TEXT,
    Bounds,
    Budget,
    Cell,
    NumberedRow,
    Sheet,
)
from app.domain.records.files.tables.form import TableForm
from app.domain.records.files.tables.formulas import restore
from app.domain.records.files.tables.header import MAX_TITLE_ROWS, find_header

SEPARATORS = (",", ";", "\t")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
PROBE = 65_536  # characters in which the header stands


def read_csv(content: bytes, form: TableForm, bounds: Bounds) -> Iterator[Sheet]:
    """Yield the one sheet of a CSV file."""
    text = _decode(content)
    named = text[:5].lower() == "sep=" + text[4:5].lower() and text[5:6] in "\r\n"
    if named:  # the first line of some spreadsheets: they show it to nobody
        separator, text = text[4], text.partition("\n")[2]
    else:
        separator = _find_separator(text, form)
    for _ in _parse(text, separator, Budget(bounds)):
        pass  # what is wrong at its end is refused at its beginning
    yield Sheet(None, _parse(text, separator, Budget(bounds)))


def _decode(content: bytes) -> str:
    try:
        text = content.decode("utf-16" if content.startswith(UTF_16) else "utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("encoding") from None
    if "\0" in text:
        raise Refused("encoding")
    return text


def _find_separator(text: str, form: TableForm) -> str:
    """Return the separator under which the most titles are known."""
    front = text if len(text) <= PROBE else text[:PROBE].rpartition("\n")[0]

    def count_titles(separator: str) -> tuple[int, int]:
        try:
            rows = _parse(front, separator, Budget())
            header = find_header(form, list(islice(rows, MAX_TITLE_ROWS)))
        except Refused:
            header = None
        return len(header.columns) if header else 0, front.count(separator)

    return max(SEPARATORS, key=count_titles)


def _parse(text: str, separator: str, budget: Budget) -> Iterator[NumberedRow]:
    for number, record in _records(text, separator):
        row = {at: Cell("text", restore(value)) for at, value in enumerate(record) if value.strip()}
        for at, cell in row.items():
            budget.add_cell(at, cell.text, None, number)
        if row:
            budget.add_row()
            yield number, row


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_CELL_TEXT + 1)
    number = 0
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, record in enumerate(lines, start=1):
            yield number, record
    except csv.Error:
        raise Refused("quotes", row=number + 1) from None
