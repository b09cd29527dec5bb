"""Spelling: text as it is stored, and words as they are compared."""

import re
import unicodedata
from functools import lru_cache

INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
NOT_WORDS = re.compile(r"[^0-9a-z]+")
IN_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
SOFT = "\u00ad\u200b\u200c\u200d\u2060\ufeff"


def clean_text(given: str) -> str:
    """Return text in one spelling: composed, without invisible characters, spaces single."""
    composed = unicodedata.normalize("NFC", given)
    if composed.isascii() and composed.isprintable():
        return " ".join(composed.split())
    shown = (_show(sign) for sign in composed if sign not in SOFT)
    return " ".join("".join(shown).split())


def _show(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind not in INVISIBLE:
        return sign
    return "" if kind == "Cf" else " "


@lru_cache(4_096)
def fold(given: str) -> str:
    """Return words for comparison: small letters without accents, single spaces."""
    apart = unicodedata.normalize("NFD", given.lower().replace("đ", "d"))
    return NOT_WORDS.sub(" ", "".join(s for s in apart if not unicodedata.combining(s))).strip()


def title_keys(given: str) -> tuple[str, str]:
    """Return the two ways to compare a title: whole, and without what stands in brackets."""
    return fold(given), fold(IN_BRACKETS.sub(" ", given))
