"""Values as they come in, over whichever API layer: text, numbers, days and moments.

Nothing is guessed: a value is taken as it was meant, or refused with its bound.
"""

import re
import unicodedata
from base64 import b64decode
from datetime import date, datetime
from typing import Any

MIN_INTEGER, MAX_INTEGER = -(2**31), 2**31 - 1  # what a column of PostgreSQL holds
MIN_DAY, MAX_DAY = date(1800, 1, 1), date(2999, 12, 31)
MAX_WORD = 300  # the longest text that a filter or an argument takes
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
INTEGER = re.compile(r"[+-]?\d{1,10}", re.ASCII)
LINE_ENDS = re.compile(r"\r\n?")
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})  # control, invisible, half of a character
LINE_BREAKS = "\n\t"


class InvalidValue(ValueError):
    """A value that cannot be taken, with the reason and the bound in both languages."""

    def __init__(self, code: str, en: str, vi: str, **facts: Any) -> None:
        super().__init__(en)
        self.code, self.en, self.vi, self.facts = code, en, vi, facts


def clean_line(value: Any) -> Any:
    """Return text of one line: NFC, one blank between words; refuse hidden characters."""
    cleaned = _clean(value, "")
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else cleaned


def clean_text(value: Any) -> Any:
    """Return text of several lines: NFC, trimmed, line ends as \\n; refuse hidden characters."""
    return _clean(LINE_ENDS.sub("\n", value) if isinstance(value, str) else value, LINE_BREAKS)


def keep_characters(value: Any) -> Any:
    """Return the words of an informant, without the characters that cannot be stored."""
    return "".join(m for m in value if not _is_lost(m)) if isinstance(value, str) else value


def keep_words(value: Any) -> Any:
    """Return the words of an informant likewise; refuse those that say nothing."""
    kept = keep_characters(value)
    if isinstance(kept, str) and not _has_ink(kept):
        raise InvalidValue("blank", "This must not be blank.", "Không được để trống mục này.")
    return kept


def check_secret(value: Any) -> Any:
    """Refuse a secret that no text can hold; it is otherwise taken to the letter."""
    for mark in value if isinstance(value, str) else "":
        if _is_lost(mark):
            raise _refuse_hidden(value, mark)
    return value


def check_base64(value: Any) -> Any:
    """Refuse text that is not base64."""
    try:
        b64decode(value if isinstance(value, str) else "", validate=True)
    except ValueError:
        raise InvalidValue(
            "base64_decode", "This is not base64.", "Nội dung không phải base64."
        ) from None
    return value


def check_length(value: str, most: int) -> str:
    """Refuse text that is blank or too long."""
    if not value:
        raise InvalidValue("blank", "This must not be blank.", "Không được để trống mục này.")
    if len(value) > most:
        en, vi = f"At most {most} characters are taken.", f"Chỉ nhận tối đa {most} ký tự."
        raise InvalidValue("string_too_long", en, vi, bound=most)
    return value


def parse_day(value: Any) -> date:
    """Return a day that is written like 2026-02-10; a number or a moment is none."""
    found = parse_any_day(value)
    if not MIN_DAY <= found <= MAX_DAY:
        raise _outside(MIN_DAY, MAX_DAY)
    return found


def parse_any_day(value: Any) -> date:
    """Return a day likewise, however far it lies: a filter may name the last there is."""
    found = value if type(value) is date else _read(date, DAY, value)
    if found is None:
        en = "A day is written like 2026-02-10."
        raise InvalidValue(
            "day_invalid", en, "Ngày phải viết theo dạng 2026-02-10 (năm-tháng-ngày)."
        )
    return found


def parse_moment(value: Any) -> datetime:
    """Return a moment that says its offset, like 2026-02-10T08:00:00+07:00."""
    found = value if isinstance(value, datetime) else _read(datetime, MOMENT, value)
    if found is None or found.tzinfo is None:
        en = "A moment is written with its offset, like 2026-02-10T08:00:00+07:00."
        vi = "Thời điểm phải viết kèm múi giờ, theo dạng 2026-02-10T08:00:00+07:00."
        raise InvalidValue("moment_invalid", en, vi)
    if not MIN_DAY <= found.date() <= MAX_DAY:
        raise _outside(MIN_DAY, MAX_DAY)
    return found


def parse_flag(value: Any) -> Any:
    """Return what a parameter says, which is true or false and no other word."""
    if isinstance(value, str) and value.lower() not in ("true", "false"):
        en, vi = "true or false is needed.", "Cần true hoặc false."
        raise InvalidValue("bool_parsing", en, vi)
    return value


def parse_integer(value: Any) -> Any:
    """Return the whole number that a parameter writes in digits; check that it can be stored."""
    if isinstance(value, str) and not INTEGER.fullmatch(value):
        en, vi = "A whole number in digits is needed.", "Cần một số nguyên viết bằng chữ số."
        raise InvalidValue("integer_invalid", en, vi)
    found = int(value) if isinstance(value, str) else value
    if isinstance(found, int) and not MIN_INTEGER <= found <= MAX_INTEGER:
        en = f"The number lies between {MIN_INTEGER} and {MAX_INTEGER}."
        vi = f"Số phải từ {MIN_INTEGER} đến {MAX_INTEGER}."
        raise InvalidValue("integer_out_of_range", en, vi, bound=[MIN_INTEGER, MAX_INTEGER])
    return found


def parse_long(value: Any) -> int:
    """Return a whole number of up to 53 bits."""
    if type(value) is not int or abs(value) > 2**53:
        en, vi = "A whole number of up to 53 bits is needed.", "Cần số nguyên không quá 53 bit."
        raise InvalidValue("integer_invalid", en, vi, bound=2**53)
    return value


def format_day(day: date) -> str:
    """Return a day as Vietnamese readers write it: 10/02/2026."""
    return f"{day:%d/%m}/{day.year:04}"


def _clean(value: Any, allowed: str) -> Any:
    if not isinstance(value, str):
        return value
    trimmed = value.strip()
    for mark in trimmed:
        if unicodedata.category(mark) in HIDDEN and mark not in allowed:
            raise _refuse_hidden(trimmed, mark)
    return unicodedata.normalize("NFC", trimmed)


def _refuse_hidden(value: str, mark: str) -> InvalidValue:
    where, name = value.index(mark) + 1, f"U+{ord(mark):04X}"
    return InvalidValue(
        "hidden_character",
        f"Character {where} is {name}, which is invisible or controls a device; remove it.",
        f"Ký tự thứ {where} là {name}, ký tự ẩn hoặc ký tự điều khiển; hãy xóa ký tự này.",
        position=where,
    )


def _has_ink(value: str) -> bool:
    """Return whether anything in a text can be seen."""
    return any(not mark.isspace() and unicodedata.category(mark) not in HIDDEN for mark in value)


def _is_lost(mark: str) -> bool:
    """Return whether PostgreSQL cannot store a character: NUL, or half of one."""
    return mark == "\0" or "\ud800" <= mark <= "\udfff"


def _read(kind: Any, form: re.Pattern[str], value: Any) -> Any:
    """Return what a text of this form says, or None."""
    if not isinstance(value, str) or not form.fullmatch(value):
        return None
    try:
        return kind.fromisoformat(value.upper())
    except ValueError:
        return None


def _outside(least: date, most: date) -> InvalidValue:
    en = f"The day lies between {least.isoformat()} and {most.isoformat()}."
    vi = f"Ngày phải từ {format_day(least)} đến {format_day(most)}."
    return InvalidValue("day_out_of_range", en, vi, bound=[least.isoformat(), most.isoformat()])


def write_number(value: float | None) -> float | None:
    """Write a whole number without decimals."""
    return int(value) if value is not None and value.is_integer() else value
