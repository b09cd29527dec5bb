"""Faults of an input, each with its code, its reason and its bound in both languages.

The validation library names the kind of a fault; its sentences are English and may quote what was
sent, so that none of them is passed on.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.domain.errors import FieldError
from app.domain.values import DAY, InvalidValue, format_day

TEXTS = {
    "missing": ("This is needed.", "Cần có mục này."),
    "extra_forbidden": ("This field is not known here.", "Có mục không được nhận ở đây."),
    "null": ("Null is not taken here; leave the field out.", "Không nhận null; hãy bỏ mục này."),
    "string_type": ("Text is needed.", "Cần văn bản trong dấu nháy."),
    "string_too_short": (
        "At least {bound} characters are needed.", "Cần ít nhất {bound} ký tự."
    ),
    "string_too_long": ("At most {bound} characters are taken.", "Chỉ nhận tối đa {bound} ký tự."),
    "string_pattern_mismatch": (
        "The text does not have the form {bound}.", "Văn bản không đúng dạng {bound}."
    ),
    "string_unicode": (
        "Half a character (a lone surrogate) is no text.",
        "Nửa ký tự (surrogate lẻ) không phải văn bản.",
    ),
    "int_type": (
        "A whole number is needed, without quotes.", "Cần một số nguyên, không đặt trong dấu nháy."
    ),
    "bool_type": (
        "true or false is needed, without quotes.", "Cần true hoặc false, không đặt trong dấu nháy."
    ),
    "bool_parsing": ("true or false is needed.", "Cần true hoặc false."),
    "float_type": ("A number is needed, without quotes.", "Cần một số, không đặt trong dấu nháy."),
    "finite_number": ("A finite number is needed.", "Cần một số hữu hạn."),
    "greater_than": ("More than {bound} is needed.", "Phải lớn hơn {bound}."),
    "greater_than_equal": ("At least {bound} is needed.", "Phải từ {bound} trở lên."),
    "less_than": ("Less than {bound} is needed.", "Phải nhỏ hơn {bound}."),
    "less_than_equal": ("At most {bound} is taken.", "Phải không quá {bound}."),
    "enum": ("One of these is needed: {bound}.", "Chọn một trong: {bound}."),
    "uuid_parsing": ("An id (UUID) is needed.", "Cần định danh (UUID)."),
    "list_type": ("A list is needed.", "Cần một danh sách."),
    "too_short": ("At least {bound} are needed.", "Cần ít nhất {bound} mục."),
    "too_long": ("At most {bound} are taken.", "Chỉ nhận tối đa {bound} mục."),
    "model_type": ("An object is needed.", "Cần một đối tượng JSON."),
    "json_invalid": ("The body is not JSON.", "Nội dung gửi lên không phải JSON."),
    "base64_decode": ("This is not base64.", "Nội dung không phải base64."),
}  # fmt: skip
SAME = {
    "int_parsing": "int_type", "int_from_float": "int_type", "int_parsing_size": "int_type",
    "float_parsing": "float_type", "literal_error": "enum", "uuid_type": "uuid_parsing",
    "model_attributes_type": "model_type", "dict_type": "model_type",
    "string_sub_type": "string_type", "bytes_type": "base64_decode", "uuid_version": "uuid_parsing",
}  # fmt: skip
UNKNOWN = ("This is not valid here.", "Giá trị không hợp lệ ở đây.")
BOUNDS = ("min_length", "max_length", "ge", "gt", "le", "lt", "pattern", "expected")
IN = ("query", "path", "header", "cookie")


def build_field_error(fault: Mapping[str, Any], place: Iterable[Any] | None = None) -> FieldError:
    """Build the error of a fault that the validation library has found."""
    where, pointer = locate_fault(fault["loc"] if place is None else tuple(place))
    context = fault.get("ctx") or {}
    if isinstance(error := context.get("error"), InvalidValue):
        return FieldError(pointer, error.code, error.en, error.vi, **where, **error.facts)
    kind = "null" if _is_null(fault) else fault["type"]
    bound = next((context[name] for name in BOUNDS if name in context), None)
    texts = TEXTS.get(SAME.get(kind, kind), UNKNOWN)
    en, vi = (text.format(bound=word) for text, word in zip(texts, _words(bound), strict=True))
    facts = {} if bound is None else {_name(kind): _plain(bound)}
    return FieldError(pointer, kind, en, vi, **where, **facts)


def locate_fault(place: tuple[Any, ...]) -> tuple[dict[str, str], str]:
    """Return in what a fault lies, unless in the body, and its place there (RFC 6901)."""
    first, rest = (place[0], place[1:]) if place else ("", ())
    if first in IN:
        return {"in": first}, build_pointer(rest)
    return {}, build_pointer(rest if first == "body" else place)


def build_pointer(place: Iterable[Any]) -> str:
    """Return a JSON pointer (RFC 6901); what cannot be written in Unicode is replaced."""
    parts = (str(part).encode("utf-8", "replace").decode() for part in place)
    return "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)


def _is_null(fault: Mapping[str, Any]) -> bool:
    return fault["type"] != "missing" and fault.get("input", ...) is None


def _name(kind: str) -> str:
    return "allowed" if SAME.get(kind, kind) == "enum" else "bound"


def _words(bound: Any) -> tuple[str, str]:
    if isinstance(bound, str) and DAY.fullmatch(bound):
        return bound, format_day(date.fromisoformat(bound))
    if isinstance(bound, date):
        return bound.isoformat(), format_day(bound)
    return str(bound), str(bound).replace(" or ", " hoặc ")


def _plain(bound: Any) -> Any:
    return bound if isinstance(bound, int | float | str) else str(bound)
