"""Cells: each is read as it is meant, or named as a fault with its place."""

import io
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter

from app.domain.records.files.child.refusal import Refused
from app.domain.records.files.faults import TEXTS, TableFault
from app.domain.records.files.tables.form import Column, TableForm
from app.domain.records.files.tables.read import XLSX, read_table
from app.domain.units.schemas import VillageCreate
from app.domain.units.village_table import split_kind

FORM = TableForm((
    Column("name", "text", ("Tên thôn",), required=True),
    Column("code", "code", ("Mã xã",)),
    Column("kind", "choice", ("Loại",), choices={"Thôn": "village", "Tổ dân phố": "group"}),
    Column("day", "date", ("Từ ngày",)),
    Column("size", "number", ("Số dân",)),
    Column("main", "flag", ("Chính",)),
))  # fmt: skip
TITLES = ("Tên thôn", "Mã xã", "Loại", "Từ ngày", "Số dân", "Chính")


def read(content: bytes, media_type: str = XLSX) -> dict[str, Any]:
    return read_table(content, {"form": FORM.to_dict(), "media_type": media_type})[0]


def book(*sheets: dict[str, Any], formats: dict[str, str] | None = None) -> bytes:
    """Write sheets from their cells; a cell may be a pair of its value and its format."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        for number, cells in enumerate(sheets):
            page = made.add_worksheet(f"S{number}")
            for place, value in cells.items():
                given, shown = value if isinstance(value, tuple) else (value, None)
                style = made.add_format({"num_format": shown}) if shown else None
                if isinstance(given, str) and given.startswith("="):
                    formula, _, result = given.partition("→")
                    page.write_formula(place, formula, style, result)
                else:
                    page.write(place, given, style)
    return file.getvalue()


def header(row: int = 1) -> dict[str, Any]:
    return {f"{letter}{row}": title for letter, title in zip("ABCDEF", TITLES, strict=True)}


def one_cell(field: str, cell: Any) -> tuple[Any, str | None]:
    """Return the value of a field as it is read, and the code of the fault."""
    letter = "ABCDEF"[[column.name for column in FORM.columns].index(field)]
    found = read(book(header() | {"A2": "Nà Bản", f"{letter}2": cell}))
    faults = [(fault["row"], fault["column"], fault["code"]) for fault in found["faults"]]
    assert all(fault[:2] == (2, letter) for fault in faults)
    values = found["rows"][0][2] if found["rows"] else {}
    return values.get(field), faults[0][2] if faults else None


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("code", "02083", "02083"), ("code", (7, "000"), "007"), ("code", (2083, "00000"), "02083"),
        ("code", "'007", "007"), ("code", 2083, "2083"), ("name", 7, "7"),
        ("name", " Nà\u00a0 Bản\u200b ", "Nà Bản"), ("name", "Na\u0300 Bản", "Nà Bản"),
        ("kind", "THÔN", "village"), ("kind", "to dan pho", "group"),
        ("kind", "village", "village"),
        ("day", (date(2026, 7, 1), "dd/mm/yyyy"), "2026-07-01"), ("day", "1/7/2026", "2026-07-01"),
        ("day", "01.07.2026", "2026-07-01"), ("day", "2026-07-01", "2026-07-01"),
        ("size", "12.000", 12_000), ("size", 12_000, 12_000), ("size", "1.234.567,5", 1_234_567.5),
        ("size", "0.125", 0.125), ("size", "12,5", 12.5), ("size", "50%", 0.5),
        ("main", "x", True), ("main", "Không", False), ("main", True, True), ("main", 0, False),
        ("size", "=SUM(1)→12", 12),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_it_is_meant(field: str, cell: Any, value: Any) -> None:
    assert one_cell(field, cell) == (value, None)


@pytest.mark.parametrize(
    ("field", "cell", "code"),
    [
        ("day", "=TODAY()→", "formula_without_value"),
        ("code", "=VLOOKUP(1)→", "formula_without_value"),
        ("name", "=NA()→#N/A", "cell_error"), ("kind", "=1/0→#DIV/0!", "cell_error"),
        ("name", True, "flag_not_expected"), ("code", False, "flag_not_expected"),
        ("name", (date(2026, 5, 1), "d/m"), "date_not_expected"),
        ("day", (datetime(2026, 5, 1, 9), "d/m/yyyy h:mm"), "time_of_day"),
        ("day", (time(9), "h:mm"), "time_of_day"), ("name", (time(9), "h:mm"), "time_of_day"),
        ("day", "31/2/2026", "day_does_not_exist"), ("day", "7/31/2026", "day_does_not_exist"),
        ("day", "1/7/26", "not_a_date"), ("day", 45_839, "not_a_date"),
        ("day", "2026", "not_a_date"),
        ("size", "12,000", "number_of_two_meanings"), ("size", "nhiều", "not_a_number"),
        ("size", "1e5", "not_a_number"), ("size", True, "not_a_number"),
        ("kind", "xóm", "not_a_choice"), ("kind", 1, "not_a_choice"),
        ("main", "có lẽ", "not_a_flag"),
        ("code", 20.83, "not_a_code"), ("name", 1.5, "number_in_text"),
        ("code", 1e20, "not_a_code"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_a_fault_and_never_a_default(
    field: str, cell: Any, code: str
) -> None:
    assert one_cell(field, cell)[1] == code


def test_rows_are_counted_as_the_sheet_counts_them() -> None:
    cells = {"B1": "UBND XÃ", "A2": "DANH SÁCH"} | header(4)
    cells |= {"A7": "Nà Bản", "D7": "x", "A9": "Nà Hin", "H9": "ghi thêm"}
    found = read(book({}, cells))
    assert [(f["sheet"], f["row"], f["column"], f["value"]) for f in found["faults"]] == [
        ("S1", 7, "D", "x"), ("S1", 9, "H", "ghi thêm"),
    ]  # fmt: skip


def test_every_sheet_is_read_or_named() -> None:
    second = header(2) | {"A3": "Nà Hin"}
    found = read(book(header() | {"A2": "Nà Bản"}, second, {"A1": "Hướng dẫn"}))
    assert [row[2]["name"] for row in found["rows"]] == ["Nà Bản", "Nà Hin"]
    assert [(f["sheet"], f["code"]) for f in found["faults"]] == [("S2", "header_missing")]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Mã xã;Loại\n02083;Thôn\n", ["column_missing"]),
        ("Tên thôn;Dân tộc\nNà Bản;x\n", ["column_unknown"]),
        ("Tên thôn;name\nNà Bản;Nà Hin\n", ["column_twice"]),
        ("Tên thôn;Mã xã\nNà Bản;02083;thừa\n", ["outside_the_table"]),
        ("Tên thôn;Mã xã\n;02083\n", ["value_missing"]),
        ("a;b\n1;2\n", ["header_missing"]),
        ("STT;Tên thôn;Ghi chú\n(1);(2);(3)\n1;Nà Bản;x\n2;;\n", []),
        ("sep=;\nTên thôn;Mã xã\nNà Bản;02083\n", []),
    ],
)  # fmt: skip
def test_a_header_is_understood_or_named(text: str, codes: list[str]) -> None:
    found = read(text.encode(), "text/csv")
    assert [fault["code"] for fault in found["faults"]] == codes
    assert len(found["rows"]) == (not codes or codes[0] in ("column_unknown", "column_twice"))


def test_a_merged_cell_stands_for_each_of_its_rows() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as made:
        page = made.add_worksheet("S")
        page.write_row(0, 0, TITLES[:2])
        page.write_column(1, 0, ["Nà Bản", "Nà Hin", "Nà Lốc"])
        page.merge_range(1, 1, 2, 1, "02083")
    rows = [row[2] for row in read(file.getvalue())["rows"]]
    assert [row.get("code") for row in rows] == ["02083", "02083", None]


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        ("Tên thôn\nNà Bản".encode("cp1258", "replace") + b"\xfe", "text/csv", "encoding"),
        (b'name\n"open', "text/csv", "quotes"), (b"name\n\0", "text/csv", "encoding"),
        (b"\xd0\xcf\x11\xe0", XLSX, "old_or_locked"), (b"PK\3\4", XLSX, "not_a_workbook"),
        (b'{"name": 1, "name": 2}', "application/x-ndjson", "key_twice"),
        (b"[" * 50_000, "application/x-ndjson", "not_json"),
        (b"1", "application/x-ndjson", "not_an_object"),
        (b'{"name": "a"}\n' * 20_100, "application/x-ndjson", "too_long"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_says_why(content: bytes, media_type: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(content, media_type)
    assert refused.value.code == code


def test_json_keeps_its_own_values() -> None:
    good = b'{"name": "a", "code": "007", "main": true, "size": 12.5, "day": null}\n'
    bad = b'{"name": {"a": 1}}\n{"name": "b", "nation": "x"}'
    found = read(good + bad, "application/x-ndjson")
    assert found["rows"][0][2] == {"name": "a", "code": "007", "main": True, "size": 12.5}
    assert [(f["row"], f["code"]) for f in found["faults"]] == [
        (0, "column_unknown"), (2, "nested_value"),
    ]  # fmt: skip


@pytest.mark.parametrize("code", TEXTS)
def test_a_fault_is_explained_in_both_languages(code: str) -> None:
    facts = {"allowed": ["Thôn"], "title": "Mã xã"}
    fault = TableFault(code, 3, "S", "B", "name", "#N/A", facts)
    texts = {fault.message("vi"), fault.message("en")}
    assert len(texts) == 2
    assert not any("{" in text for text in texts)


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("Tổ dân phố 5", None, ("5", "residential_group")),
        ("TDP 5", None, ("5", "residential_group")),
        ("Thôn Nà Bản", "village", ("Nà Bản", "village")),
        ("Bản Mạ", "village", ("Bản Mạ", "village")),
        ("Bản Mạ", None, ("Mạ", "hamlet")), ("Nà Bản", None, ("Nà Bản", None)),
        ("Thôn", None, ("Thôn", None)),
    ],
)  # fmt: skip
def test_the_kind_in_front_of_a_name_counts_where_none_is_given(
    name: str, kind: str | None, found: tuple[str, str | None]
) -> None:
    values = split_kind({"name": name} | ({"kind": kind} if kind else {}))
    village = VillageCreate.model_validate({"parent": "00001", **values})
    assert (village.name, values.get("kind")) == found
