"""The files of exports: rows written one after another, never the whole table in memory."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Any, Protocol

import orjson
from xlsxwriter import Workbook

from app.db.tables.exports import ExportFormat
from app.domain.exchange.exports.errors import CellTooLong
from app.domain.records.files.tables.formulas import neutralise

MAX_SHEET_ROWS, MAX_CELL = 1_000_000, 32_767
MAX_EXACT = 10**15  # a sheet keeps no more digits of a number
BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # by which spreadsheets know UTF-8


class TableFile(Protocol):
    """A file that takes rows."""

    def add_row(self, values: Iterable[Any]) -> None: ...

    def close(self) -> None: ...


class CsvFile:
    """CSV as RFC 4180 has it, in UTF-8."""

    def __init__(self, file: IO[bytes], titles: Sequence[str]) -> None:
        file.write(BYTE_ORDER_MARK)
        self._text = io.TextIOWrapper(file, "utf-8", newline="", write_through=False)
        self._writer = csv.writer(self._text)
        self._writer.writerow([neutralise(title) for title in titles])

    def add_row(self, values: Iterable[Any]) -> None:
        self._writer.writerow([_to_cell(value) for value in values])

    def close(self) -> None:
        self._text.flush()
        self._text.detach()


class NdjsonFile:
    """One JSON object in each line, its keys the titles."""

    def __init__(self, file: IO[bytes], titles: Sequence[str]) -> None:
        self._file, self._titles = file, titles

    def add_row(self, values: Iterable[Any]) -> None:
        row = dict(zip(self._titles, values, strict=True))
        self._file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self._file.flush()


class XlsxFile:
    """A workbook of one sheet, or of more where one is full; each row leaves memory at once."""

    def __init__(self, file: IO[bytes], titles: Sequence[str]) -> None:
        self._book = Workbook(file, {"constant_memory": True})
        self._titles, self._row, self._count = titles, 0, 0
        self._sheet: Any = None

    def add_row(self, values: Iterable[Any]) -> None:
        if self._sheet is None or self._row > MAX_SHEET_ROWS:
            self._open_sheet()
        self._count += 1
        for column, value in enumerate(values):
            self._write(column, value)
        self._row += 1

    def close(self) -> None:
        if self._sheet is None:
            self._open_sheet()
        self._book.close()

    def _open_sheet(self) -> None:
        self._sheet, self._row = self._book.add_worksheet(), 1
        for column, title in enumerate(self._titles):
            self._sheet.write_string(0, column, neutralise(title))

    def _write(self, column: int, value: Any) -> None:
        if value is None or value == "":
            return
        if isinstance(value, bool):
            self._sheet.write_boolean(self._row, column, value)
        elif isinstance(value, int | float) and abs(value) < MAX_EXACT:
            self._sheet.write_number(self._row, column, value)
        else:
            text = str(_to_cell(value))
            if len(text) > MAX_CELL:
                raise CellTooLong(row=self._count, most=MAX_CELL)
            self._sheet.write_string(self._row, column, text)


def _to_cell(value: Any) -> str | int | float:
    """Return a value as a cell of text has it; only text is ever neutralised."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict):
        value = orjson.dumps(value).decode()
    if isinstance(value, str):
        return neutralise(value)
    return "" if value is None else value


FILES: dict[ExportFormat, Callable[[IO[bytes], Sequence[str]], TableFile]] = {
    ExportFormat.CSV: CsvFile, ExportFormat.XLSX: XlsxFile, ExportFormat.NDJSON: NdjsonFile,
}  # fmt: skip
MEDIA_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8", ExportFormat.NDJSON: "application/x-ndjson",
    ExportFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip
