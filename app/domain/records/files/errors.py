"""Errors of files as such."""

from typing import Any

from app.domain.errors import Invalid, Unavailable

# Each reason in English and Vietnamese.
REASONS = {
    "unreadable": ("it is damaged.", "tệp bị hỏng."),
    "not_a_workbook": (
        "it is no XLSX workbook, or damaged; save it again as .xlsx.",
        "tệp không phải XLSX hoặc bị hỏng; hãy lưu lại dạng .xlsx.",
    ),
    "old_or_locked": (
        "it is an old XLS or has a password; save it as .xlsx without one.",
        "tệp là XLS cũ hoặc có mật khẩu; hãy lưu dạng .xlsx, không đặt mật khẩu.",
    ),
    "bomb": (
        "it unpacks to far more than its size, or has too many parts.",
        "tệp giải nén ra quá lớn hoặc có quá nhiều phần.",
    ),
    "too_wide": (
        "the cell {column}{row} lies beyond {most} columns, or there are too many cells.",
        "ô {column}{row} nằm ngoài {most} cột, hoặc có quá nhiều ô.",
    ),
    "cell_too_long": (
        "the cell {column}{row} holds too long a text.",
        "ô {column}{row} chứa văn bản quá dài.",
    ),
    "encoding": (
        "it is no text in UTF-8; save it as “CSV UTF-8”.",
        "tệp không phải văn bản UTF-8; hãy lưu dạng “CSV UTF-8”.",
    ),
    "quotes": (
        "a quotation mark is not closed, from row {row} on.",
        "dấu ngoặc kép không được đóng, từ dòng {row}.",
    ),
    "not_json": ("line {row} is no JSON.", "dòng {row} không phải JSON."),
    "not_an_object": ("line {row} is no object.", "dòng {row} không phải đối tượng JSON."),
    "key_twice": ("line {row} names a field twice.", "dòng {row} ghi một trường hai lần."),
    "line_too_long": (
        "line {row} is longer than {most} bytes.",
        "dòng {row} dài quá {most} byte.",
    ),
}  # fmt: skip


class FilesBusy(Unavailable):
    code = "files_busy"
    en = "Very many files are being read at this moment; send it again shortly."
    vi = "Hiện có quá nhiều tệp đang được đọc; vui lòng gửi lại sau ít phút."


class FileTooCostly(Invalid):
    code = "file_too_costly"
    en = "Reading this file takes more memory or time than a file may; send a smaller one."
    vi = "Đọc tệp này tốn quá nhiều bộ nhớ hoặc thời gian; hãy gửi tệp nhỏ hơn."


class FileTooLong(Invalid):
    code = "file_too_long"
    en = "The file has more than {most} rows; send it in parts."
    vi = "Tệp có hơn {most} dòng; hãy chia nhỏ."


class FileUnreadable(Invalid):
    """Names the reason, and the place in the file where there is one."""

    code = "file_unreadable"
    en = "The file cannot be read as {given}: {_en}"
    vi = "Không đọc được tệp {given}: {_vi}"

    def __init__(self, given: str, reason: str, **facts: Any) -> None:
        shown = {name: fact for name, fact in facts.items() if not name.startswith("_")}
        en, vi = (text.format(**shown) for text in REASONS[reason])
        super().__init__(given=given, reason=reason, _en=en, _vi=vi, **shown)


class FileWithoutRows(Invalid):
    code = "file_without_rows"
    en = "The file has no row below its titles."
    vi = "Tệp không có dòng nào dưới dòng tiêu đề."
