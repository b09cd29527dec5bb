"""CSV, with the separators and encodings that spreadsheets write."""

import csv
import io
from collections.abc import Iterator

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.tables.cells import MAX_CELL_TEXT, Budget, Cell, Sheet
from app.domain.records.files.tables.form import TableForm
from app.domain.records.files.tables.formulas import restore
from app.domain.records.files.tables.header import find_header

SEPARATORS = (",", ";", "\t")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
PROBE = 65_536  # characters in which the header stands


def read_csv(content: bytes, form: TableForm) -> list[Sheet]:
    """Return the one sheet of a CSV file."""
    text = _decode(content)
    named = text[:5].lower() == "sep=" + text[4:5].lower() and text[5:6] in "\r\n"
    if named:  # the first line of some spreadsheets: they show it to nobody
        return [_parse(text.partition("\n")[2], text[4], Budget())]
    return [_parse(text, _find_separator(text, form), Budget())]


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
            header = find_header(form, _parse(front, separator, Budget()))
        except Refused:
            header = None
        return len(header.columns) if header else 0, front.count(separator)

    return max(SEPARATORS, key=count_titles)


def _parse(text: str, separator: str, budget: Budget) -> Sheet:
    sheet = Sheet(None)
    for number, record in _records(text, separator):
        row = {at: Cell("text", restore(value)) for at, value in enumerate(record) if value.strip()}
        for at, cell in row.items():
            budget.add_cell(at, cell.text, None, number)
        if row:
            budget.add_row()
            sheet.rows[number] = row
    return sheet


def _records(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_CELL_TEXT + 1)
    number = 0
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for number, record in enumerate(lines, start=1):
            yield number, record
    except csv.Error:
        raise Refused("quotes", row=number + 1) from None
