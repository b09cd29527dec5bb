"""The rows of a sheet under its header: each is understood, or named with its faults."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from app.domain.records.files.tables.cells import Cell, NumberedRow, Row, Sheet, column_letters
from app.domain.records.files.tables.form import TableForm
from app.domain.records.files.tables.header import (
    MAX_TITLE_ROWS,
    Header,
    data_rows,
    find_header,
)
from app.domain.records.files.tables.values import Unread, read_value

MAX_SHOWN = 80
Fault = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row: its values, or, where it has faults, its cells as the sheet shows them."""

    number: int
    values: dict[str, Any]
    faults: list[Fault] = field(default_factory=list)


class SheetRows:
    """Reads the rows of a sheet, one after another."""

    def __init__(self, form: TableForm, sheet: Sheet) -> None:
        self.form, self.sheet, self._rows = form, sheet, sheet.rows
        self._front = list(islice(self._rows, MAX_TITLE_ROWS))
        self.header = find_header(form, self._front)
        self._unused = dict(self.header.unknown) if self.header else {}

    def is_empty(self) -> bool:
        """Return whether the sheet holds nothing."""
        return not self._front

    def list_columns(self) -> dict[str, str]:
        """Return the letters of the columns by the fields that they fill."""
        columns = self.header.columns if self.header else {}
        return {column.name: column_letters(at) for at, column in columns.items()}

    def find_header_faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the titles, as far as the first rows show."""
        titles = self._list_titles()
        header = self.header
        if header is None:
            code = "hidden_sheet_not_understood" if self.sheet.hidden else "header_missing"
            yield self._fault(self._front[0][0], None, None, None, code, allowed=titles)
            return
        for column in header.missing(self.form):
            title = column.titles[0] if column.titles else column.name
            yield self._fault(header.row, None, column.name, None, "column_missing", title=title)
        for at, column in header.twice.items():
            yield self._fault(header.row, at, column.name, header.titles[at], "column_twice")
        yield from self._find_unknown(self._front)

    def read_rows(self) -> Iterator[ReadRow]:
        """Yield the rows below the header; without a whole header only faults of titles."""
        header = self.header
        if header is None:
            return
        whole = not header.missing(self.form)
        late: list[Fault] = []
        for number, row in data_rows(header, self._list_below(header, late)):
            if whole:
                yield self._read_row(header, number, row)
        if late:
            yield ReadRow(header.row, {}, late)

    def _list_below(self, header: Header, late: list[Fault]) -> Iterator[NumberedRow]:
        """Yield the rows below the header; a column without a known title shows late."""
        for number, row in chain(self._front, self._rows):
            if number > header.row:
                if self._unused:
                    late += self._find_unknown([(number, row)])
                yield number, row

    def _find_unknown(self, rows: list[NumberedRow]) -> Iterator[Fault]:
        """Yield each column that nobody knows and that holds something; those of CSV always."""
        header = self.header
        assert header is not None, "without a header no title is unknown"
        for at, cell in list(self._unused.items()):
            below = any(at in row for number, row in rows if number > header.row)
            if self.sheet.name is None or below:
                del self._unused[at]
                allowed = self._list_titles()
                yield self._fault(header.row, at, None, cell, "column_unknown", allowed=allowed)

    def _list_titles(self) -> list[str]:
        return [one.titles[0] if one.titles else one.name for one in self.form.columns]

    def _read_row(self, header: Header, number: int, row: Row) -> ReadRow:
        faults: list[Fault] = []
        values = dict(self._read_cells(header, number, row, faults))
        there = {header.columns[at].name for at in row if at in header.columns}
        for column in self.form.columns:
            if column.required and (column.name not in there or values.get(column.name, 0) is None):
                at = next((at for at, one in header.columns.items() if one == column), None)
                faults.append(self._fault(number, at, column.name, None, "value_missing"))
        if faults:
            named = ((header.columns[at].name, cell) for at, cell in row.items()
                     if at in header.columns)  # fmt: skip
            return ReadRow(number, {name: cell.text for name, cell in named}, faults)
        return ReadRow(number, {name: one for name, one in values.items() if one is not None})

    def _read_cells(
        self, header: Header, number: int, row: Row, faults: list[Fault]
    ) -> Iterator[tuple[str, Any]]:
        for at, cell in sorted(row.items()):
            column = header.columns.get(at)
            if column is None:
                if at not in header.unknown and at not in header.twice:
                    faults.append(self._fault(number, at, None, cell, "outside_the_table"))
                continue
            try:
                yield column.name, read_value(column, cell)
            except Unread as why:
                faults.append(self._fault(number, at, column.name, cell, why.code, **why.facts))

    def _fault(
        self, row: int, at: int | None, field: str | None, cell: Cell | None, code: str,
        **facts: Any,
    ) -> Fault:  # fmt: skip
        return {
            "sheet": self.sheet.name, "row": row,
            "column": None if at is None else column_letters(at),
            "field": field, "value": cell and cell.text[:MAX_SHOWN], "code": code, "facts": facts,
        }  # fmt: skip
