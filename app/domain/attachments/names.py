"""File names."""

import unicodedata
from urllib.parse import unquote_to_bytes

from app.domain.attachments.faults import FileRefused

MAX_LENGTH = 200
OF_PATHS = frozenset('/\\:*?"<>|')
# Control, format (which turn the direction of writing), surrogate, private, unassigned; line ends.
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def decode_name(given: str | None) -> str:
    """A name as a header brings it: percent-encoded UTF-8."""
    if not given:
        raise FileRefused("name_missing")
    try:
        return unquote_to_bytes(given.encode("ascii")).decode("utf-8")
    except UnicodeError:
        raise FileRefused("name_unreadable") from None


def clean_name(given: str) -> str:
    """A name in one spelling; refused where it could be more than a name."""
    name = unicodedata.normalize("NFC", given).strip()
    if not name:
        raise FileRefused("name_missing")
    if any(unicodedata.category(sign) in HIDDEN for sign in name):
        raise FileRefused("name_has_hidden_signs")
    if name.startswith(".") or OF_PATHS & set(name):
        raise FileRefused("name_is_a_path")
    if len(name) > MAX_LENGTH:
        raise FileRefused("name_too_long")
    return name


def name_suffix(name: str) -> str:
    """Return the suffix after the last dot, in lower case."""
    return name.rpartition(".")[2].lower() if "." in name else ""
