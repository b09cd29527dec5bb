"""Workbooks of teams as a province sends them, of any length."""

import io
from collections.abc import Sequence

import xlsxwriter

TITLES = (
    "STT", "Mã đơn vị", "Loại tổ", "Tên tổ", "Số quyết định", "Ngày thành lập", "Số thành viên",
    "Số tham chiếu",
)  # fmt: skip
FIRST_DAY = 45_850  # as a sheet counts days
KINDS = ("mediation_group", "people_security_group", "self_managed_group")


def make_teams(rows: int, units: Sequence[str], mark: str) -> bytes:
    """Return a workbook of teams, unit by unit, each with a reference that begins with a mark."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:  # texts are shared, as a spreadsheet saves them
        sheet, day = book.add_worksheet("Danh sách"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, TITLES)
        for n in range(1, rows + 1):
            at = n * len(units) // (rows + 1)
            line = (n, units[at], KINDS[n % len(KINDS)], f"Tổ {mark} số {n}", f"{at}/QĐ-UBND")
            sheet.write_row(n, 0, line)
            sheet.write_number(n, 5, FIRST_DAY + at % 300, day)
            sheet.write_row(n, 6, (3 + n % 9, f"{mark}-{n}"))
    return file.getvalue()
