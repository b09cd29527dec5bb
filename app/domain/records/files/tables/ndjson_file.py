"""NDJSON: one object in each line, its keys the names of the fields."""

import json
from collections.abc import Iterator
from io import BytesIO
from itertools import chain
from typing import Any, NoReturn

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.tables.cells import Bounds, Budget, Cell, NumberedRow, Row, Sheet
from app.domain.records.files.tables.form import TableForm

MAX_LINE = 262_144
MARK = b"\xef\xbb\xbf"


def read_ndjson(content: bytes, form: TableForm, bounds: Bounds) -> Iterator[Sheet]:
    """Yield the lines of a file as a sheet, under a header of row 0 with all keys."""
    columns: dict[str, int] = {}
    for _ in _read_lines(content, columns, Budget(bounds)):
        pass  # the keys of all lines make the header
    for column in form.columns:
        columns.setdefault(column.name, len(columns))
    header = {at: Cell("text", name) for name, at in columns.items()}
    yield Sheet(None, chain([(0, header)], _read_lines(content, columns, Budget(bounds))))


def _read_lines(content: bytes, columns: dict[str, int], budget: Budget) -> Iterator[NumberedRow]:
    for number, line in enumerate(BytesIO(content), start=1):
        text = line.removeprefix(MARK) if number == 1 else line
        if text.strip():
            budget.add_row()
            if row := _read_line(number, text.rstrip(b"\n"), columns, budget):
                yield number, row


def _read_line(number: int, line: bytes, columns: dict[str, int], budget: Budget) -> Row:
    found = _parse_line(number, line)
    row = {columns.setdefault(name, len(columns)): _cell(value) for name, value in found}
    for at, cell in row.items():
        budget.add_cell(at, cell.text if cell else "", None, number)
    return {at: cell for at, cell in row.items() if cell}


def _parse_line(number: int, line: bytes) -> "_Pairs":
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
    return found


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
