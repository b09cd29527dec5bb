"""The template as a workbook: codes are text, days are days, short choices stand in a list."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from xlsxwriter import Workbook

from app.domain.exchange.imports.csv_table import make_example, title_of
from app.domain.records.files.tables.form import Column
from app.domain.records.files.tables.formulas import neutralise

FORMATS = {"date": "dd/mm/yyyy", "number": "General"}  # everything else is text, which keeps zeros
EXAMPLE_DAY = date(2026, 12, 31)
MAX_LIST, LAST_ROW, WIDTH = 255, 120_000, 18  # a spreadsheet takes lists of so many characters


def write_template(columns: Sequence[Column]) -> bytes:
    """Return a workbook with the titles of the columns and a row that shows their values."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        example = make_example(columns)
        for at, column in enumerate(columns):
            shown = book.add_format({"num_format": FORMATS.get(column.kind, "@")})
            sheet.set_column(at, at, WIDTH, shown)
            sheet.write_string(0, at, neutralise(title_of(column)), bold)
            _write_example(sheet, at, column, example[column.name], shown)
            _offer_choices(sheet, at, column)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _write_example(sheet: Any, at: int, column: Column, text: str, shown: Any) -> None:
    if column.kind == "date":
        sheet.write_datetime(1, at, EXAMPLE_DAY, shown)
    elif column.kind == "number":
        sheet.write_number(1, at, int(text), shown)
    elif text:
        sheet.write_string(1, at, neutralise(text), shown)


def _offer_choices(sheet: Any, at: int, column: Column) -> None:
    labels = list(column.choices)
    if labels and len(",".join(labels)) <= MAX_LIST and not any("," in label for label in labels):
        sheet.data_validation(1, at, LAST_ROW, at, {"validate": "list", "source": labels})
