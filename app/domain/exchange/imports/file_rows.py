"""The rows of a file as they are stored: their cells, their places, and their faults."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID, uuid5

from app.db.tables.imports import ImportRowState
from app.domain.exchange.imports.kinds import ImportKind
from app.domain.records.files.faults import TableFault
from app.domain.records.files.reader import MAX_SHOWN, Table, TableRow

TWICE = (
    "The file has the same {named} in row {row} already.",
    "Tệp đã có cùng {named} ở dòng {row}.",
)
UNNAMED = (
    "The row has a fault; very many rows have, correct those above first.",
    "Dòng có lỗi; tệp có rất nhiều dòng lỗi, hãy sửa các dòng trên trước.",
)
Line = dict[str, Any]
Place = tuple[str | None, int]


def list_lines(of: UUID, kind: ImportKind, table: Table) -> list[Line]:
    """Return the rows of a file in its order, those that cannot be read among them."""
    unread = {(row.sheet, row.number): row for row in table.unread}
    faults = _group_faults(table)
    for place in faults:  # of a title, or of a sheet as a whole
        unread.setdefault(place, TableRow(place[1], {}, place[0]))
    rows = [*table.rows, *unread.values()]
    rows.sort(key=lambda row: (row.sheet or "", row.number))
    lines = [_make_line(of, number, row) for number, row in enumerate(rows, start=1)]
    for line in lines:
        place = line["sheet"], line["row_number"]
        if place in unread:
            _refuse(line, faults.get(place) or [_make_fault("row_not_read", None, *UNNAMED)])
    _refuse_repeated(kind, lines)
    return lines


def _group_faults(table: Table) -> dict[Place, list[Line]]:
    found: dict[Place, list[Line]] = {}
    for fault in table.faults:
        found.setdefault((fault.sheet, fault.row), []).append(_cell_fault(fault))
    return found


def _make_line(of: UUID, number: int, row: TableRow) -> Line:
    return {
        "id": uuid5(of, str(number)), "number": number, "sheet": row.sheet,
        "row_number": row.number, "state": ImportRowState.WAITING, "cells": dict(row.values),
        "columns": dict(row.columns),
    }  # fmt: skip


def _refuse_repeated(kind: ImportKind, lines: list[Line]) -> None:
    """Refuse each row that has the key of an earlier one: parts do not see each other."""
    first: dict[Any, Line] = {}
    for line in lines:
        if line["state"] is ImportRowState.WAITING:
            for key, values in _list_keys(kind, line["cells"]):
                earlier = first.setdefault((key, values), line)
                if earlier is not line:
                    facts = {"named": ", ".join(key), "row": earlier["row_number"]}
                    texts = (text.format(**facts) for text in TWICE)
                    _refuse(line, [_repeat(line, key[0], *texts)], line["columns"])
                    break


def _list_keys(kind: ImportKind, cells: Mapping[str, Any]) -> Iterator[tuple[Any, Any]]:
    for key in kind.importable.keys:
        if all(name in cells for name in key):
            yield tuple(key), tuple(str(cells[name]) for name in key)


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
