"""Read a table from a file, in a limited process: the task that the pool runs."""

from collections.abc import Callable, Iterator
from typing import Any

from app.domain.records.files.tables.cells import Cell, Row, Sheet, column_letters
from app.domain.records.files.tables.csv_file import read_csv
from app.domain.records.files.tables.form import TableForm
from app.domain.records.files.tables.header import Header, data_rows, find_header
from app.domain.records.files.tables.ndjson_file import read_ndjson
from app.domain.records.files.tables.values import Unread, read_value
from app.domain.records.files.tables.xlsx_file import read_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READERS: dict[str, Callable[[bytes, TableForm], list[Sheet]]] = {
    "text/csv": read_csv, XLSX: read_xlsx, "application/x-ndjson": read_ndjson,
}  # fmt: skip
MAX_FAULTS, MAX_SHOWN = 1_000, 80
Fault = dict[str, Any]


def read_table(content: bytes, given: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Read the rows of a file by the form of its table; name what cannot be read."""
    form = TableForm.from_dict(given["form"])
    sheets = [one for one in READERS[given["media_type"]](content, form) if one.rows]
    faults: list[Fault] = []
    rows: list[Any] = []
    unread: list[Any] = []
    columns: list[Any] = []
    for number, sheet in enumerate(sheets):
        header = find_header(form, sheet)
        faults += _find_header_faults(form, sheet, header)
        columns.append(_list_columns(sheet, header))
        if header and not header.missing(form):
            rows += ([number, *row] for row in _read_rows(form, sheet, header, faults))
            unread += ([number, *row] for row in _list_unread(sheet, header, faults))
    answer = {"sheets": columns, "rows": rows, "fault_count": len(faults), "unread": unread}
    return answer | {"faults": faults[:MAX_FAULTS]}, b""


def _list_unread(
    sheet: Sheet, header: Header, faults: list[Fault]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows that have a fault as their cells show them, to be corrected."""
    bad = {fault["row"] for fault in faults if fault["sheet"] == sheet.name} - {header.row}
    for number in sorted(bad):
        row = sheet.rows.get(number, {})
        named = (
            (header.columns[at].name, cell) for at, cell in row.items() if at in header.columns
        )
        yield number, {name: cell.text for name, cell in named}


def _list_columns(sheet: Sheet, header: Header | None) -> dict[str, Any]:
    columns = header.columns if header else {}
    return {
        "name": sheet.name,
        "columns": {column.name: column_letters(at) for at, column in columns.items()},
    }


def _find_header_faults(form: TableForm, sheet: Sheet, header: Header | None) -> Iterator[Fault]:
    titles = [column.titles[0] if column.titles else column.name for column in form.columns]
    if header is None:
        code = "hidden_sheet_not_understood" if sheet.hidden else "header_missing"
        yield _fault(sheet, min(sheet.rows), None, None, None, code, allowed=titles)
        return
    for column in header.missing(form):
        title = column.titles[0] if column.titles else column.name
        yield _fault(sheet, header.row, None, column.name, None, "column_missing", title=title)
    for at, column in header.twice.items():
        cell = sheet.rows[header.row][at]
        yield _fault(sheet, header.row, at, column.name, cell, "column_twice")
    for at, cell in header.unknown.items():
        if sheet.name is None or any(at in row for n, row in sheet.rows.items() if n > header.row):
            yield _fault(sheet, header.row, at, None, cell, "column_unknown", allowed=titles)


def _read_rows(
    form: TableForm, sheet: Sheet, header: Header, faults: list[Fault]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows without a fault; a row with one is named, and not read by halves."""
    for number, row in data_rows(header, sheet):
        before = len(faults)
        values = dict(_read_cells(sheet, header, number, row, faults))
        there = {header.columns[at].name for at in row if at in header.columns}
        for column in form.columns:
            if column.required and (column.name not in there or values.get(column.name, 0) is None):
                at = next((at for at, one in header.columns.items() if one == column), None)
                faults.append(_fault(sheet, number, at, column.name, None, "value_missing"))
        if len(faults) == before:
            yield number, {name: value for name, value in values.items() if value is not None}


def _read_cells(
    sheet: Sheet, header: Header, number: int, row: Row, faults: list[Fault]
) -> Iterator[tuple[str, Any]]:
    for at, cell in sorted(row.items()):
        column = header.columns.get(at)
        if column is None:
            if at not in header.unknown and at not in header.twice:
                faults.append(_fault(sheet, number, at, None, cell, "outside_the_table"))
            continue
        try:
            yield column.name, read_value(column, cell)
        except Unread as why:
            fault = _fault(sheet, number, at, column.name, cell, why.code, **why.facts)
            faults.append(fault)


def _fault(
    sheet: Sheet, row: int, at: int | None, field: str | None, cell: Cell | None, code: str,
    **facts: Any,
) -> Fault:  # fmt: skip
    return {
        "sheet": sheet.name, "row": row, "column": None if at is None else column_letters(at),
        "field": field, "value": cell and cell.text[:MAX_SHOWN], "code": code, "facts": facts,
    }  # fmt: skip
