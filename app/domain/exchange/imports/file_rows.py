"""The rows of a file as they are stored: their cells, their places, and their faults."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from hashlib import blake2b
from typing import Any
from uuid import UUID, uuid5

import orjson

from app.db.tables.imports import ImportRowState
from app.domain.exchange.imports.kinds import ImportKind
from app.domain.records.files.errors import FileWithoutRows
from app.domain.records.files.faults import TableFault
from app.domain.records.files.pool import FilePool
from app.domain.records.files.reader import MAX_SHOWN, TablePart, TableRow, stream_table
from app.domain.records.files.tables.form import TableForm

TWICE = (
    "The file has the same {named} in row {row} already.",
    "Tệp đã có cùng {named} ở dòng {row}.",
)
UNNAMED = (
    "The row has a fault; very many rows have, correct those above first.",
    "Dòng có lỗi; tệp có rất nhiều dòng lỗi, hãy sửa các dòng trên trước.",
)
Line = dict[str, Any]


class LineWriter:
    """Writes the lines of one file, part by part: the same in each run, with the same numbers."""

    def __init__(self, of: UUID, kind: ImportKind) -> None:
        self._of, self._kind, self._count = of, kind, 0
        self._first: dict[bytes, tuple[int, int]] = {}  # digests of keys: there may be very many

    def write_lines(self, part: TablePart) -> list[Line]:
        """Return the lines of a part, those that cannot be read among them."""
        return [self._write_line(row, faults) for row, faults in part]

    def _write_line(self, row: TableRow, faults: list[TableFault] | None) -> Line:
        self._count += 1
        line: Line = {
            "id": uuid5(self._of, str(self._count)), "number": self._count, "sheet": row.sheet,
            "row_number": row.number, "state": ImportRowState.WAITING, "cells": dict(row.values),
            "columns": dict(row.columns),
        }  # fmt: skip
        if faults is not None:
            named = [_cell_fault(fault) for fault in faults]
            _refuse(line, named or [_make_fault("row_not_read", None, *UNNAMED)])
        else:
            self._refuse_repeated(line)
        return line

    def _refuse_repeated(self, line: Line) -> None:
        """Refuse a row that has the key of an earlier one: parts do not see each other."""
        for key, digest in _list_keys(self._kind, line["cells"]):
            mine = line["number"], line["row_number"]
            earlier = self._first.setdefault(digest, mine)
            if earlier != mine:
                facts = {"named": ", ".join(key), "row": earlier[1]}
                texts = (text.format(**facts) for text in TWICE)
                _refuse(line, [_repeat(line, key[0], *texts)], line["columns"])
                return


async def list_parts(
    files: FilePool, form: TableForm, kind: ImportKind, of: UUID, media_type: str, content: bytes
) -> AsyncGenerator[list[Line], None]:
    """Read a file and yield its lines in parts; refuse one that has none."""
    writer, empty = LineWriter(of, kind), True
    async with aclosing(stream_table(files, form, media_type, content)) as parts:
        async for part in parts:
            empty = False
            yield writer.write_lines(part)
    if empty:
        raise FileWithoutRows()


async def read_few(parts: AsyncIterator[list[Line]], most: int) -> list[Line] | None:
    """Return all lines of a file; None where there are more than so many."""
    found: list[Line] = []
    async for lines in parts:
        found += lines
        if len(found) > most:
            return None
    return found


def _list_keys(
    kind: ImportKind, cells: Mapping[str, Any]
) -> Iterator[tuple[tuple[str, ...], bytes]]:
    for key in kind.importable.keys:
        if all(name in cells for name in key):
            values = orjson.dumps([*key, *(str(cells[name]) for name in key)])
            yield tuple(key), blake2b(values, digest_size=16).digest()


def _refuse(line: Line, faults: list[Line], columns: Mapping[str, str] | None = None) -> None:
    """Note that a row is refused; without columns it cannot be checked again."""
    line |= {"state": ImportRowState.REFUSED, "faults": faults, "columns": columns}
    first = faults[0]
    line |= {name: first[name] for name in ("field", "code", "message_en", "message_vi")}
    line |= {"cell_column": first["column"], "cell_value": first["value"]}


def _repeat(line: Line, field: str, *texts: str) -> Line:
    place = {"column": line["columns"].get(field), "value": str(line["cells"][field])[:MAX_SHOWN]}
    return _make_fault("row_repeated", field, *texts) | place


def _cell_fault(fault: TableFault) -> Line:
    texts = fault.message("en"), fault.message("vi")
    made = _make_fault(fault.code, fault.field, *texts)
    return made | {"column": fault.column, "value": fault.value}


def _make_fault(code: str, field: str | None, en: str, vi: str) -> Line:
    return {
        "field": field, "column": None, "value": None, "code": code, "message_en": en,
        "message_vi": vi,
    }  # fmt: skip
