"""Tables as CSV that spreadsheets open as it is meant, and that is exact when it is sent again."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.domain.records.files.tables.form import Column
from app.domain.records.files.tables.formulas import neutralise

BOM = "\ufeff"  # without it spreadsheets misread Vietnamese
REASON = "Lý do"
EXAMPLES = {"date": "31/12/2026", "number": "12", "flag": "x", "code": "", "text": ""}


def write_rows(
    columns: Sequence[Column], rows: Iterable[Mapping[str, Any]], more: Sequence[str] = ()
) -> str:
    """Return a table of rows by the titles of the columns; `more` are titles after those."""
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow([*(title_of(column) for column in columns), *more])
    for row in rows:
        writer.writerow([_spell(row.get(name)) for name in (*(one.name for one in columns), *more)])
    return BOM + output.getvalue()


def title_of(column: Column) -> str:
    """Return the Vietnamese title of a column, or the name of its field."""
    return column.titles[0] if column.titles else column.name


def make_example(columns: Sequence[Column]) -> dict[str, str]:
    """Return a row that shows how the values of each column are written."""
    return {one.name: _example(one) for one in columns}


def _example(column: Column) -> str:
    return next(iter(column.choices), "") if column.choices else EXAMPLES.get(column.kind, "")


def _spell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float):
        return _spell_number(value)
    return neutralise(str(value))


def _spell_number(value: float) -> str:
    """Return a number as Vietnamese write it, so that no three decimals look like thousands."""
    whole, _, rest = f"{value:.15g}".partition(".")
    return f"{whole},{rest}{'0' if len(rest) == 3 else ''}" if rest else whole
