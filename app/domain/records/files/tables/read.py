"""Read a table from a file, in a limited process: the tasks that the pool runs."""

from collections.abc import Callable, Iterator
from typing import Any

from app.domain.records.files.tables.cells import STREAMED, WHOLE, Bounds, Sheet
from app.domain.records.files.tables.csv_file import read_csv
from app.domain.records.files.tables.form import TableForm
from app.domain.records.files.tables.ndjson_file import read_ndjson
from app.domain.records.files.tables.sheet_rows import Fault, ReadRow, SheetRows
from app.domain.records.files.tables.xlsx_file import read_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READERS: dict[str, Callable[[bytes, TableForm, Bounds], Iterator[Sheet]]] = {
    "text/csv": read_csv, XLSX: read_xlsx, "application/x-ndjson": read_ndjson,
}  # fmt: skip
MAX_FAULTS = 1_000
PART_ROWS, PART_TEXT = 500, 1_000_000
Part = dict[str, Any]


def read_table(content: bytes, given: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Read the rows of a file by the form of its table; name what cannot be read."""
    faults: list[Fault] = []
    rows: list[Any] = []
    unread: list[Any] = []
    columns: list[Any] = []
    for number, sheet in enumerate(_read_sheets(content, given, WHOLE)):
        of_titles, of_rows = list(sheet.find_header_faults()), list[Fault]()
        columns.append({"name": sheet.sheet.name, "columns": sheet.list_columns()})
        for row in sheet.read_rows():
            if sheet.header and row.number == sheet.header.row:
                of_titles += row.faults
            else:
                (unread if row.faults else rows).append([number, row.number, row.values])
                of_rows += row.faults
        faults += of_titles + of_rows
    answer = {"sheets": columns, "rows": rows, "fault_count": len(faults), "unread": unread}
    return answer | {"faults": faults[:MAX_FAULTS]}, b""


def read_parts(content: bytes, given: dict[str, Any]) -> Iterator[Part]:
    """Read a file as `read_table` does, and yield its rows in parts, whatever their number.

    Each row is a list: its number, its values, and its faults. After very many faults the rows
    have an empty list in their place.
    """
    named = 0
    for sheet in _read_sheets(content, given, STREAMED):
        part = _begin_part(sheet)
        for row in _list_rows(sheet):
            faults = row.faults if named < MAX_FAULTS else []
            named += len(faults)
            part["rows"].append([row.number, row.values, faults if row.faults else None])
            part["text"] += sum(len(str(value)) for value in row.values.values())
            if len(part["rows"]) >= PART_ROWS or part["text"] > PART_TEXT:
                yield part
                part = _begin_part(sheet)
        if part["rows"]:
            yield part


def _list_rows(sheet: SheetRows) -> Iterator[ReadRow]:
    faults = list(sheet.find_header_faults())
    if faults:
        yield ReadRow(faults[0]["row"], {}, faults)
    yield from sheet.read_rows()


def _begin_part(sheet: SheetRows) -> Part:
    return {"sheet": sheet.sheet.name, "columns": sheet.list_columns(), "rows": [], "text": 0}


def _read_sheets(content: bytes, given: dict[str, Any], bounds: Bounds) -> Iterator[SheetRows]:
    form = TableForm.from_dict(given["form"])
    for sheet in READERS[given["media_type"]](content, form, bounds):
        rows = SheetRows(form, sheet)
        if not rows.is_empty():
            yield rows
