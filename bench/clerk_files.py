"""Files of villages with the faults of clerks, each with what it means and where it is wrong."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

import xlsxwriter

from app.domain.records.files.tables.cells import column_letters
from app.domain.records.files.tables.read import XLSX
from bench import clerk_cells as cells
from bench.clerk_cells import TypedCell

FIELDS = ("parent", "name", "kind", "valid_from")
TITLES = {
    "parent": ("parent", "Mã xã", "MÃ XÃ", "Mã xã (*)", "Xã/Phường", "Mã xã, phường, đặc khu"),
    "name": ("name", "Tên thôn", "TÊN THÔN, BẢN, TỔ DÂN PHỐ", "Tên gọi", "Thôn/bản", "Tên"),
    "kind": ("kind", "Loại", "LOẠI HÌNH", "Phân loại"),
    "valid_from": ("valid_from", "Từ ngày", "Ngày thành lập", "Ngày hiệu lực (ngày/tháng/năm)"),
}
FIRST_DAY, DAYS = date(2025, 9, 1), 300
FORMATS = {"zeros": "00000", "date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "time": "hh:mm"}
Place = tuple[str | None, int, str]
Meaning = dict[str, str | None]


@dataclass
class ClerkFile:
    """A file, the rows that it means, and the places that must be named."""

    media_type: str
    content: bytes = b""
    meant: list[Meaning] = field(default_factory=list)
    faults: set[Place] = field(default_factory=set)


@dataclass
class _Sheet:
    """Rows of typed cells by row and column, from 1 and from 0."""

    name: str | None
    cells: dict[tuple[int, int], TypedCell] = field(default_factory=dict)


def make_clerk_file(dice: Random, parents: list[str], mark: str) -> ClerkFile:
    """Make a file of up to twelve villages; about every second one has a fault."""
    typed = dice.random() < 0.6
    made = ClerkFile(XLSX if typed else "text/csv")
    sheets = [_draw_sheet(dice, made, parents, f"{mark}A", "Danh sách" if typed else None)]
    if typed and dice.random() < 0.3:
        sheets.append(_draw_sheet(dice, made, parents, f"{mark}B", "Trang 2"))
    if typed and dice.random() < 0.15:
        sheets.append(_Sheet("Trống"))
    made.content = _write_xlsx(sheets) if typed else _write_csv(dice, sheets[0])
    return made


def _draw_sheet(
    dice: Random, made: ClerkFile, parents: list[str], mark: str, name: str | None
) -> _Sheet:
    sheet, row = _Sheet(name), 1
    for title in ("UBND XÃ", "DANH SÁCH THÔN, BẢN, TỔ DÂN PHỐ")[: dice.choice((0, 0, 1, 2))]:
        sheet.cells[row, dice.randrange(3)] = cells.text(title)
        row += dice.choice((1, 2))
    columns = _draw_header(dice, sheet, row)
    if dice.random() < 0.15:
        for at in range(len(columns) + 1):
            sheet.cells[row + 1, at] = cells.text(f"({at + 1})")
        row += 1
    bad = 0.05 if dice.random() < 0.5 else 0.0
    for number in range(dice.randint(1, 12)):
        row += dice.choice((1, 1, 1, 1, 2))
        _draw_row(dice, made, sheet, row, columns, dice.choice(parents), f"{mark}{number}", bad)
    return sheet


def _draw_header(dice: Random, sheet: _Sheet, row: int) -> dict[str, int]:
    order = list(FIELDS)
    dice.shuffle(order)
    columns = {name: at + 1 for at, name in enumerate(order)}
    sheet.cells[row, 0] = cells.text(dice.choice(("STT", "TT", "Số TT")))
    for name, at in columns.items():
        sheet.cells[row, at] = cells.text(dice.choice(TITLES[name]))
    sheet.cells[row, len(FIELDS) + 1] = cells.text(dice.choice(("Ghi chú", "GHI CHÚ")))
    return columns


def _draw_row(
    dice: Random, made: ClerkFile, sheet: _Sheet, row: int, columns: dict[str, int],
    parent: str, mark: str, bad: float,
) -> None:  # fmt: skip
    kind, day = dice.choice(list(cells.KINDS)), FIRST_DAY + timedelta(dice.randrange(DAYS))
    meaning: Meaning = {"parent": parent, "name": f"Nà Đồng {mark}", "kind": kind,
                        "valid_from": day.isoformat()}  # fmt: skip
    typed = {
        "parent": cells.good_parent(dice, parent),
        "name": cells.good_name(dice, str(meaning["name"])),
        "kind": cells.good_kind(dice, kind),
        "valid_from": cells.good_day(dice, day),
    }
    if dice.random() < 0.15:  # the kind in front of the name
        typed |= {
            "kind": cells.nothing(),
            "name": cells.text(f"{cells.KINDS[kind]} Nà Đồng {mark}"),
        }
    for name in FIELDS:
        if dice.random() < bad:
            typed[name] = cells.bad_cell(dice, name, typed=made.media_type == XLSX)
            made.faults.add((sheet.name, row, column_letters(columns[name])))
    if not any(cell.fault for cell in typed.values()):
        made.meant.append(meaning)
    sheet.cells[row, 0] = TypedCell("number", row, str(row))
    sheet.cells |= {(row, columns[name]): cell for name, cell in typed.items()}
    if dice.random() < 0.2:
        sheet.cells[row, len(FIELDS) + 1] = cells.text("sáp nhập")
    if dice.random() < bad / 4:
        sheet.cells[row, 9] = cells.text("xem lại")
        made.faults.add((sheet.name, row, column_letters(9)))
        made.meant = [one for one in made.meant if one is not meaning]


def _write_csv(dice: Random, sheet: _Sheet) -> bytes:
    file, separator = io.StringIO(newline=""), dice.choice(",;\t")
    lines = csv.writer(file, delimiter=separator, lineterminator=dice.choice(("\n", "\r\n")))
    for row in range(1, max(row for row, _ in sheet.cells) + 1):
        there = {at: cell.text for (n, at), cell in sheet.cells.items() if n == row}
        lines.writerow([there.get(at, "") for at in range(max(there, default=-1) + 1)])
    return file.getvalue().encode(dice.choice(("utf-8", "utf-8-sig", "utf-16")))


def _write_xlsx(sheets: list[_Sheet]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        formats = {name: book.add_format({"num_format": code}) for name, code in FORMATS.items()}
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for (row, at), cell in sheet.cells.items():
                _write_cell(page, row - 1, at, cell, formats.get(cell.form))
    return file.getvalue()


def _write_cell(page: Any, row: int, at: int, cell: TypedCell, shown: Any) -> None:
    if cell.form == "text":
        page.write_string(row, at, cell.value)
    elif cell.form in ("number", "zeros"):
        page.write_number(row, at, cell.value, shown)
    elif cell.form in ("date", "moment", "time"):
        page.write_datetime(row, at, cell.value, shown)
    elif cell.form == "flag":
        page.write_boolean(row, at, cell.value)
    elif cell.form == "formula":
        page.write_formula(row, at, cell.value, None, "")
    elif cell.form == "error":
        page.write_formula(row, at, "=NA()", None, cell.value)
