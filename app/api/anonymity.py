"""Anonymity of requests from informants: none is logged, and nothing that was sent is repeated."""

from collections.abc import Iterator
from typing import Any

from app.domain.errors import FieldError

BELOW = ("/api/v1/public/", "/public/")
# Each kind of fault in English and Vietnamese; the rest of what the library says may quote.
FAULTS = {
    "missing": ("This is needed.", "Cần có mục này."),
    "extra_forbidden": (
        "This field is not known here.", "Có mục không được nhận ở đây."
    ),
    "string_too_short": (
        "At least {min_length} characters are needed.", "Cần ít nhất {min_length} ký tự."
    ),
    "string_too_long": (
        "At most {max_length} characters are taken.", "Chỉ nhận tối đa {max_length} ký tự."
    ),
    "too_long": ("At most {max_length} are taken.", "Chỉ nhận tối đa {max_length} mục."),
    "enum": ("One of these: {expected}.", "Chọn một trong: {expected}."),
    "string_pattern_mismatch": (
        "This is neither a code nor an id.", "Đây không phải mã hay định danh."
    ),
    "string_unicode": ("This is no text in Unicode.", "Đây không phải văn bản Unicode."),
    "json_invalid": ("The body is not JSON.", "Nội dung gửi lên không phải JSON."),
    "base64_decode": ("This is not base64.", "Nội dung không phải base64."),
    "value_error": ("This is more than is taken.", "Nội dung vượt quá mức cho phép."),
}  # fmt: skip
ANY = ("This is not valid here.", "Giá trị không hợp lệ.")


def is_anonymous(path: str) -> bool:
    """Return whether a request comes from an informant, judged by its address."""
    return path.startswith(BELOW)


def anonymous_field_errors(faults: Any) -> Iterator[FieldError]:
    """Faults in our own words: their place, never a name or a value that was made up."""
    for fault in faults:
        kind, facts = fault["type"], fault.get("ctx") or {}
        place = fault["loc"][:-1] if kind in ("extra_forbidden", "json_invalid") else fault["loc"]
        en, vi = (words.format_map(facts) for words in FAULTS.get(kind, ANY))
        yield FieldError("/" + "/".join(str(part) for part in place), kind, en, vi)
