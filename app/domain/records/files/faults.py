"""Faults of a table, each with its place, in both languages."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.errors import FieldError, Language

# Each fault in English and Vietnamese; {value} is the cell as its sheet shows it.
TEXTS = {
    "cell_error": (
        "The cell shows the error {value}; correct the formula or type the value.",
        "Ô báo lỗi {value}; hãy sửa công thức hoặc nhập giá trị.",
    ),
    "formula_without_value": (
        "The formula has no calculated value; open the file in a spreadsheet and save it again.",
        "Công thức chưa có kết quả; hãy mở tệp bằng phần mềm bảng tính rồi lưu lại.",
    ),
    "time_of_day": (
        "{value} holds a time of day; a day is expected.",
        "{value} có giờ trong ngày; ở đây chỉ nhận ngày.",
    ),
    "nested_value": (
        "A list or an object is no value of a cell.",
        "Danh sách hoặc đối tượng không phải giá trị của một ô.",
    ),
    "number_in_text": (
        "{value} is a number with decimals, or too long; format the cell as text and retype it.",
        "{value} là số lẻ hoặc quá dài; hãy định dạng ô là văn bản rồi nhập lại.",
    ),
    "not_a_code": (
        "{value} is no code; format the cell as text and type the code with its zeros.",
        "{value} không phải mã; hãy định dạng ô là văn bản rồi nhập đủ các số 0.",
    ),
    "flag_not_expected": (
        "The cell holds {value} as a yes or no; type the text.",
        "Ô chứa giá trị logic {value}; hãy nhập bằng chữ.",
    ),
    "date_not_expected": (
        "The spreadsheet made the date {value} of it; format the cell as text and type it again.",
        "Phần mềm đã đổi thành ngày {value}; hãy định dạng ô là văn bản rồi nhập lại.",
    ),
    "not_a_choice": (
        "{value} is not known here. Allowed: {allowed}.",
        "Không có {value}. Cho phép: {allowed}.",
    ),
    "not_a_date": (
        "{value} is no day; write it as 31/12/2026 or 2026-12-31.",
        "{value} không phải ngày; hãy ghi như 31/12/2026 hoặc 2026-12-31.",
    ),
    "day_does_not_exist": (
        "There is no day {value}; the order is day/month/year, from 1900 to 2999.",
        "Không có ngày {value}; thứ tự là ngày/tháng/năm, từ 1900 đến 2999.",
    ),
    "not_a_number": (
        "{value} is no number; write it as 12.000 or 1,5.",
        "{value} không phải số; hãy ghi như 12.000 hoặc 1,5.",
    ),
    "number_of_two_meanings": (
        "{value} can be thousands or decimals; write 12.000 for twelve thousand.",
        "{value} có thể là hàng nghìn hoặc số lẻ; mười hai nghìn ghi là 12.000.",
    ),
    "not_a_flag": (
        "{value} is neither yes nor no; write x or có, không or nothing.",
        "{value} không rõ có hay không; hãy ghi x hoặc có, không hoặc để trống.",
    ),
    "value_missing": ("A value is missing here.", "Thiếu giá trị ở đây."),
    "outside_the_table": (
        "{value} stands in a column without a title; delete it or name the column.",
        "{value} nằm ở cột không có tiêu đề; hãy xóa hoặc đặt tiêu đề cho cột.",
    ),
    "header_missing": (
        "No row with the titles of the columns was found on this sheet: {allowed}. "
        "Add it, or delete the sheet.",
        "Không thấy dòng tiêu đề cột trên trang tính này: {allowed}. Hãy thêm hoặc xóa trang tính.",
    ),
    "hidden_sheet_not_understood": (
        "This hidden sheet holds something that is not read; delete it: show it first.",
        "Trang tính ẩn này có nội dung không được đọc; hãy bỏ ẩn rồi xóa.",
    ),
    "column_missing": (
        "The column {title} is missing.",
        "Thiếu cột {title}.",
    ),
    "column_twice": (
        "{value} is a second column for the same; delete one of them.",
        "{value} trùng ý nghĩa với một cột khác; hãy xóa một cột.",
    ),
    "column_unknown": (
        "The column {value} is not known. Known: {allowed}.",
        "Không có cột {value}. Các cột: {allowed}.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableFault:
    """A fault in a table: its place as the sheet counts it, the cell, and the field it fills."""

    code: str
    row: int
    sheet: str | None = None
    column: str | None = None
    field: str | None = None
    value: str | None = None
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)

    def message(self, language: Language) -> str:
        """Return what is wrong and what to do."""
        shown = {"value": f"“{self.value}”", **self.facts}
        if isinstance(allowed := self.facts.get("allowed"), list):
            shown["allowed"] = ", ".join(allowed)
        return TEXTS[self.code][language == "vi"].format(**shown)

    def to_field_error(self) -> FieldError:
        """Return the fault as an error of the input."""
        parts = ("/rows", str(self.row), *([self.field] if self.field else []))
        place: dict[str, Any] = {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "value": self.value,
        }
        texts = self.message("en"), self.message("vi")
        return FieldError("/".join(parts), self.code, *texts, **place)
