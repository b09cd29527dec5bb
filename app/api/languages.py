"""The language of an answer, by the quality values of Accept-Language (RFC 9110)."""

import re
from typing import Any

from app.domain.errors import Language

RANGE = re.compile(r"([A-Za-z]{1,8}|\*)(?:-[A-Za-z0-9-]+)?(?:\s*;\s*[Qq]=(\S+))?", re.ASCII)
QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?", re.ASCII)
KNOWN: dict[str, Language] = {"vi": "vi", "en": "en"}


def language_of(headers: Any) -> Language:
    """Return the language that a caller likes best; Vietnamese unless English is preferred."""
    best: tuple[float, Language] = (0.0, "vi")
    for part in headers.get("accept-language", "").split(","):
        name, quality = _parse_range(part.strip())
        if name in KNOWN and quality > best[0]:
            best = (quality, KNOWN[name])
    return best[1]


def _parse_range(part: str) -> tuple[str, float]:
    """Return a language and its quality; what cannot be read weighs nothing."""
    found = RANGE.fullmatch(part)
    if found is None:
        return "", 0.0
    weight = "1" if found[2] is None else found[2]
    return found[1].lower(), float(weight) if QUALITY.fullmatch(weight) else 0.0
