"""NDJSON: one object in each line, its keys the names of the fields."""

import json
from typing import Any, NoReturn

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.tables.cells import Budget, Cell, Row, Sheet
from app.domain.records.files.tables.form import TableForm

MAX_LINE = 262_144


def read_ndjson(content: bytes, form: TableForm) -> list[Sheet]:
    """Return the lines of a file as a sheet, under a header of row 0 with all keys."""
    columns: dict[str, int] = {}
    sheet, budget = Sheet(None), Budget()
    for number, line in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if line.strip():
            budget.add_row()
            sheet.rows[number] = _read_line(number, line, columns, budget)
    for column in form.columns:
        columns.setdefault(column.name, len(columns))
    sheet.rows[0] = {at: Cell("text", name) for name, at in columns.items()}
    return [sheet]


def _read_line(number: int, line: bytes, columns: dict[str, int], budget: Budget) -> Row:
    if len(line) > MAX_LINE:
        raise Refused("line_too_long", row=number, most=MAX_LINE)
    try:
        found = json.loads(
            line.decode("utf-8"), object_pairs_hook=_as_pairs, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise Refused("not_json", row=number) from None
    if not isinstance(found, _Pairs):
        raise Refused("not_an_object", row=number)
    if len(dict(found)) < len(found):
        raise Refused("key_twice", row=number)
    row = {columns.setdefault(name, len(columns)): _cell(value) for name, value in found}
    for at, cell in row.items():
        budget.add_cell(at, cell.text if cell else "", None, number)
    return {at: cell for at, cell in row.items() if cell}


class _Pairs(list[tuple[str, Any]]):
    """An object, with every key that stands in it."""


def _as_pairs(pairs: list[tuple[str, Any]]) -> _Pairs:
    return _Pairs(pairs)


def _refuse(name: str) -> NoReturn:
    raise ValueError(name)


def _cell(value: Any) -> Cell | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return Cell("flag", str(value).lower())
    if isinstance(value, int | float):
        return Cell("number", str(value))
    if isinstance(value, str):
        return Cell("text", value.encode("utf-8", "replace").decode())
    return Cell("nested", "{…}")
