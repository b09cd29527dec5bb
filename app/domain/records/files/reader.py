"""Read a table from a file, for any import: rows with their places, and every fault."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.errors import (
    FileTooCostly,
    FileTooLong,
    FileUnreadable,
    FileWithoutRows,
)
from app.domain.records.files.faults import TableFault
from app.domain.records.files.pool import TOO_COSTLY, FilePool
from app.domain.records.files.tables.form import TableForm
from app.domain.records.files.tables.read import READERS as READERS
from app.domain.records.files.tables.read import XLSX as XLSX

TASK = "app.domain.records.files.tables.read:read_table"
STREAM = "app.domain.records.files.tables.read:read_parts"
MAX_SHOWN, MAX_AT_ONCE = 80, 50
Change = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a table: its values by field, and its place as the sheet counts it."""

    number: int
    values: Mapping[str, Any]
    sheet: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)

    def fault_place(self, name: str | None) -> dict[str, Any]:
        """Return the place and the value of a field of this row."""
        value = self.values.get(name or "")
        return {
            "row": self.number, "sheet": self.sheet, "column": self.columns.get(name or ""),
            "value": None if value is None else str(value)[:MAX_SHOWN],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table that could be read, and the faults of the others."""

    rows: Sequence[TableRow]
    faults: Sequence[TableFault] = ()
    fault_count: int = 0
    unread: Sequence[TableRow] = ()  # the rows with faults, as their cells show them

    def row_count(self) -> int:
        """Return the number of all rows, whether they could be read or not."""
        return len(self.rows) + len({(fault.sheet, fault.row) for fault in self.faults})

    @classmethod
    def from_rows(cls, rows: Sequence[Mapping[str, Any]]) -> "Table":
        """Return rows that came without a file, counted from 1."""
        return cls([TableRow(number, row) for number, row in enumerate(rows, start=1)])


# the rows of a part, each with its faults: none, or as many as are named
TablePart = Sequence[tuple[TableRow, list[TableFault] | None]]


async def stream_table(
    pool: FilePool, form: TableForm, media_type: str, content: bytes
) -> AsyncGenerator[TablePart, None]:
    """Read a file of any length in a limited process, and yield its rows in parts."""
    given: dict[str, Any] = {"form": form.to_dict(), "media_type": media_type}
    try:
        async with aclosing(pool.stream(STREAM, content, **given)) as parts:
            async for part in parts:
                yield _build_part(part)
    except Refused as refusal:
        raise _build_error(media_type, refusal) from None


def _build_part(part: Mapping[str, Any]) -> TablePart:
    sheet, columns = part["sheet"], part["columns"]
    return [
        (
            TableRow(number, values, sheet, columns),
            None if faults is None else [TableFault(**fault) for fault in faults],
        )
        for number, values, faults in part["rows"]
    ]


async def read_table(
    pool: FilePool, form: TableForm, media_type: str, content: bytes, change: Change = dict
) -> Table:
    """Read a file in a limited process; refuse one that is no table, or an empty one.

    The values of each row are changed as the table wants it.
    """
    given: dict[str, Any] = {"form": form.to_dict(), "media_type": media_type}
    try:
        answer, _ = await pool.run(TASK, content, **given)
    except Refused as refusal:
        raise _build_error(media_type, refusal) from None
    rows = await _build_rows(answer, "rows", change)
    faults = [TableFault(**fault) for fault in answer["faults"]]
    if not rows and not faults:
        raise FileWithoutRows()
    unread = await _build_rows(answer, "unread", dict)
    return Table(rows, faults, answer["fault_count"], unread)


async def _build_rows(answer: Mapping[str, Any], part: str, change: Change) -> list[TableRow]:
    """Build the rows by parts, between which other requests are answered."""
    rows: list[TableRow] = []
    places = [(sheet["name"], sheet["columns"]) for sheet in answer["sheets"]]
    for begin in range(0, len(answer[part]), MAX_AT_ONCE):
        for sheet, number, values in answer[part][begin : begin + MAX_AT_ONCE]:
            rows.append(TableRow(number, change(values), *places[sheet]))
        await asyncio.sleep(0)
    return rows


def _build_error(media_type: str, refusal: Refused) -> Exception:
    if refusal.code == TOO_COSTLY:
        return FileTooCostly()
    if refusal.code == "too_long":
        return FileTooLong(**refusal.facts)
    return FileUnreadable(media_type, refusal.code, **refusal.facts)
