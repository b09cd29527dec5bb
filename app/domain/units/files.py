"""Read tables from CSV, XLSX and NDJSON files, as rows of text by column."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from app.domain.units.errors import FileTooLong, FileUnreadable

Row = dict[str, Any]
MAX_ROWS = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_rows(media_type: str, content: bytes) -> list[Row]:
    """Return the rows of a file; leave out empty cells, so that defaults hold."""
    try:
        rows = [row for row in READERS[media_type](content) if row]
    except (ValueError, UnicodeError, CalamineError, csv.Error) as error:
        raise FileUnreadable(given=media_type, why=str(error)) from error
    if len(rows) > MAX_ROWS:
        raise FileTooLong(most=MAX_ROWS)
    return rows


def _csv(content: bytes) -> Iterator[Row]:
    text = content.decode("utf-8-sig")
    semicolons = text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolons else ",")
    return _by_column(lines)


def _xlsx(content: bytes) -> Iterator[Row]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return _by_column(iter(book.get_sheet_by_index(0).to_python()))


def _by_column(lines: Iterator[Any]) -> Iterator[Row]:
    names = [str(name).strip().lower() for name in next(lines, ())]
    if not names:
        raise ValueError("it is empty")
    for number, line in enumerate(lines, start=1):
        if len(line) > len(names) or len(set(names)) < len(names):
            raise ValueError(f"row {number} does not fit the header {names}")
        cells = {name: _text(cell) for name, cell in zip(names, line, strict=False)}
        yield {name: cell for name, cell in cells.items() if cell != ""}


def _ndjson(content: bytes) -> Iterator[Row]:
    for number, line in enumerate(content.decode("utf-8-sig").splitlines(), start=1):
        if line.strip():
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError(f"line {number} is not an object")
            yield row


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


READERS: dict[str, Callable[[bytes], Iterator[Row]]] = {
    "text/csv": _csv,
    XLSX: _xlsx,
    "application/x-ndjson": _ndjson,
}
