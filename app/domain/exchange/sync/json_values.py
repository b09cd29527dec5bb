"""Values of fields as a device sends them: JSON that can be stored, not yet checked."""

import unicodedata
from math import isfinite
from typing import Annotated, Any

import orjson
from pydantic import BeforeValidator, Field

from app.domain.exchange.changes.schemas import RecordJson
from app.domain.values import InvalidValue

MAX_DEPTH, MAX_FIELDS, MAX_EXACT = 6, 100, 2**53
MAX_BYTES = 100_000  # a conflict holds three of them, and a page a hundred conflicts


def read_object(value: Any) -> Any:
    """Return an object of JSON with its texts composed; refuse what cannot be stored."""
    if not isinstance(value, dict):
        return value
    found = _read(value, MAX_DEPTH)
    if len(orjson.dumps(found)) > MAX_BYTES:
        en = f"The values of an operation take at most {MAX_BYTES} bytes."
        vi = f"Các giá trị của một thao tác chiếm tối đa {MAX_BYTES} byte."
        raise InvalidValue("values_too_large", en, vi, bound=MAX_BYTES)
    return found


def _read(value: Any, depth: int) -> Any:
    if isinstance(value, dict | list) and not depth:
        en, vi = f"At most {MAX_DEPTH} levels.", f"Tối đa {MAX_DEPTH} cấp lồng nhau."
        raise InvalidValue("too_deep", en, vi, bound=MAX_DEPTH)
    if isinstance(value, dict):
        return {_read(str(name), 0): _read(part, depth - 1) for name, part in value.items()}
    if isinstance(value, list):
        return [_read(part, depth - 1) for part in value]
    if isinstance(value, str):
        return _read_text(value)
    if isinstance(value, int | float) and not _is_exact(value):
        en, vi = "A number of up to 53 bits is needed.", "Cần một số không quá 53 bit."
        raise InvalidValue("number_invalid", en, vi, bound=MAX_EXACT)
    return value


def _is_exact(value: float) -> bool:
    return abs(value) <= MAX_EXACT and isfinite(value)


def _read_text(value: str) -> str:
    if "\0" in value or any("\ud800" <= mark <= "\udfff" for mark in value):
        en = "This text has a character that cannot be stored; remove it."
        vi = "Nội dung có ký tự không lưu được; hãy xóa ký tự đó."
        raise InvalidValue("hidden_character", en, vi)
    return unicodedata.normalize("NFC", value)


def make_object() -> RecordJson:
    """Make the object of values that were left out: none."""
    return RecordJson({})


FieldValues = Annotated[RecordJson, Field(max_length=MAX_FIELDS), BeforeValidator(read_object)]
