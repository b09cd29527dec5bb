"""Values and qualifiers as sources print them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from app.acceptance.words import fold

QUALIFIERS = {
    "=": "equal", "": "equal", ">": "more_than", "<~": "almost", ">=": "at_least", "≥": "at_least",
    "<": "less_than", "<=": "at_most", "≤": "at_most", "~": "about", "≈": "about",
    "text": "unquantified",
}  # fmt: skip
WORDS = {
    "tren": "more_than", "hon": "more_than", "gan": "almost", "khoang": "about",
    "it nhat": "at_least", "toi thieu": "at_least", "duoi": "less_than", "khong qua": "at_most",
    "toi da": "at_most", "over": "more_than", "nearly": "almost", "about": "about",
    "at least": "at_least", "under": "less_than", "at most": "at_most",
}  # fmt: skip
MANY = ("nhieu", "mot so", "vai", "hang loat", "many", "several", "some")
MARKED = re.compile(r"(>=|<=|<~|[<>≥≤~≈]|[^\W\d]+(?: [^\W\d]+)?)\s*([+−-]?\d.*)")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
THOUSANDS = re.compile(r"[+-]?\d{1,3}([.\s]\d{3})+", re.ASCII)  # 1.310, as Vietnamese writes it
DECIMAL = re.compile(r"[+-]?\d+,\d+", re.ASCII)
MAX_VALUE, MAX_DECIMALS = Decimal(10) ** 12, 6
TEXTUAL = ("code", "date", "ma so", "ky hieu", "ngay")  # units whose values are no quantities
WHOLE = ("%", "phan tram", "ty dong", "trieu dong", "km", "ha", "m2")  # that may have decimals


@dataclass(frozen=True, slots=True)
class PublishedValue:
    """A value: a number, or a text where it is none; and how exact it is."""

    number: Decimal | None
    text: str | None
    qualifier: str


def read_value(value: str, qualifier: str, unit: str) -> PublishedValue | None:
    """Read a value with its qualifier; None where either says nothing that is known."""
    how, printed = _read_qualifier(qualifier), value.strip()
    if how == "equal":
        how, printed = _split_mark(printed)
    if how is None or (not printed and how != "unquantified"):
        return None
    if how == "unquantified":
        return PublishedValue(None, printed or None, how)
    number = None if fold(unit) in TEXTUAL else read_number(printed, unit)
    if number is None or abs(number) > MAX_VALUE or _count_decimals(number) > MAX_DECIMALS:
        return PublishedValue(None, printed, how)
    return PublishedValue(number, None, how)


def _read_qualifier(printed: str) -> str | None:
    """Read how exact a value is, by a mark or a word."""
    return QUALIFIERS.get(printed.strip()) or WORDS.get(fold(printed))


def _split_mark(printed: str) -> tuple[str, str]:
    """Split a mark or word in front of a value from it; “nhiều” stands for no number."""
    if fold(printed) in MANY:
        return "unquantified", printed
    if (found := MARKED.fullmatch(printed)) and (how := _read_qualifier(found[1])):
        return how, found[2]
    return "equal", printed


def read_number(printed: str, unit: str) -> Decimal | None:
    """Read a number; points between thousands are none of decimals where things are counted."""
    printed = printed.replace("−", "-")
    if THOUSANDS.fullmatch(printed) and fold(unit) not in WHOLE:
        return Decimal(re.sub(r"[.\s]", "", printed))
    if NUMBER.fullmatch(printed):
        return Decimal(printed)
    return Decimal(printed.replace(",", ".")) if DECIMAL.fullmatch(printed) else None


def _count_decimals(number: Decimal) -> int:
    return max(0, -int(number.normalize().as_tuple().exponent))
