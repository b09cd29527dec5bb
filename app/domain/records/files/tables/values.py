"""Values of cells: what a person meant, or a fault. Nothing is guessed between two meanings."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from app.domain.records.files.tables.cells import Cell
from app.domain.records.files.tables.form import Column
from app.domain.records.files.tables.words import clean_text, fold

ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
SPOKEN = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
IN_GROUPS = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+(?:,\d+)?")
WITH_COMMA = re.compile(r"\d+,\d+")
PLAIN = re.compile(r"\d+(?:\.\d+)?")
YES, NO = {"x", "v", "co", "dung", "true", "yes", "1"}, {"khong", "sai", "false", "no", "0"}
MINUS = ("-", "\u2212")
MAX_DIGITS = 15  # a sheet keeps no more of a number
FIRST_YEAR, LAST_YEAR = 1900, 2999


class Unread(Exception):
    """A cell that cannot be read as its column wants it."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def read_value(column: Column, cell: Cell) -> Any:
    """Return the value of a cell; None where it holds only spaces."""
    if fault := NEVER.get(cell.kind):
        raise Unread(fault)
    if cell.kind in ("text", "number") and not clean_text(cell.text):
        return None
    return READERS[column.kind](column, cell)


def _read_text(column: Column, cell: Cell) -> str:
    if cell.kind == "number":
        return _whole_digits(cell, "number_in_text")
    return _text_of(cell)


def _read_code(column: Column, cell: Cell) -> str:
    if cell.kind == "number":
        return _whole_digits(cell, "not_a_code")
    return _text_of(cell).removeprefix("'").replace(" ", "")


def _whole_digits(cell: Cell, fault: str) -> str:
    if not cell.text.isascii() or not cell.text.isdigit() or len(cell.text) > MAX_DIGITS:
        raise Unread(fault)
    return cell.text


def _text_of(cell: Cell) -> str:
    if cell.kind != "text":
        raise Unread({"flag": "flag_not_expected"}.get(cell.kind, "date_not_expected"))
    return clean_text(cell.text)


def _read_choice(column: Column, cell: Cell) -> str:
    folded = fold(cell.text) if cell.kind == "text" else ""
    for label, code in column.choices.items():
        if folded and folded in (fold(label), fold(code)):
            return code
    raise Unread("not_a_choice", allowed=list(column.choices))


def _read_date(column: Column, cell: Cell) -> str:
    if cell.kind == "moment":
        raise Unread("time_of_day")
    if cell.kind not in ("text", "date"):
        raise Unread("not_a_date")
    text = clean_text(cell.text).removeprefix("'")
    if found := ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := SPOKEN.fullmatch(text):
        return _day(found[3], found[2], found[1])
    raise Unread("not_a_date")


def _day(year: str, month: str, day: str) -> str:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise Unread("day_does_not_exist") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Unread("day_does_not_exist")
    return found.isoformat()


def _read_number(column: Column, cell: Cell) -> float:
    if cell.kind == "number":
        return float(cell.text)
    text = clean_text(cell.text) if cell.kind == "text" else ""
    percent, text = text.endswith("%"), text.removesuffix("%").strip()
    if text[:1] in MINUS and text[1:2].isdigit():
        return -_read_number(column, Cell("text", text[1:] + "%" * percent))
    if len(text) > MAX_DIGITS + 6:
        raise Unread("not_a_number")
    found = _spoken_number(text)
    return found / 100 if percent else found


def _spoken_number(text: str) -> float:
    """Return a number as Vietnamese write it: 12.000 is twelve thousand, 1,5 one and a half."""
    if IN_GROUPS.fullmatch(text):
        return float(text.replace(".", "").replace(" ", "").replace(",", "."))
    if WITH_COMMA.fullmatch(text):
        whole, _, rest = text.partition(",")
        if len(rest) == 3 and not whole.startswith("0"):  # twelve thousand, or twelve
            raise Unread("number_of_two_meanings")
        return float(f"{whole}.{rest}")
    if PLAIN.fullmatch(text):
        return float(text)
    raise Unread("not_a_number")


def _read_flag(column: Column, cell: Cell) -> bool:
    folded = fold(cell.text) if cell.kind in ("text", "flag", "number") else ""
    if folded not in YES | NO:
        raise Unread("not_a_flag")
    return folded in YES


NEVER = {"error": "cell_error", "formula": "formula_without_value", "time": "time_of_day",
         "nested": "nested_value"}  # fmt: skip
READERS: dict[str, Callable[[Column, Cell], Any]] = {
    "text": _read_text, "code": _read_code, "choice": _read_choice, "date": _read_date,
    "number": _read_number, "flag": _read_flag,
}  # fmt: skip
