"""Vietnamese names: their order in a list, and their letters without accents."""

import re
import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng
SHAPES = "\u0306\u0302\u031b"  # breve, circumflex, horn: these make letters, not tones
RANK = {letter: chr(ord("A") + n) for n, letter in enumerate(LETTERS)}
NUMBER = re.compile(r"\d+")
LEADING_ZEROS = re.compile(r"\b0+(?=\d)")
# As other keyboards and old fonts write our marks and letters; some of them have no ink
APOSTROPHES, HYPHENS = (
    "\u2018\u2019\u02bc\u2032\u00b4\u0060",
    "\u2010\u2011\u2012\u2013\u2014\u2212",
)
AROUND_HYPHEN = re.compile(r" *- *")
LOOKALIKES = str.maketrans(
    {"\u00d0": "Đ", "\u00f0": "đ", "\u0189": "Đ", "\u0256": "đ"}
    | dict.fromkeys(APOSTROPHES, "'")
    | dict.fromkeys(HYPHENS, "-")
    | dict.fromkeys("\u00ad\u034f\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff", "")
)


def sort_key(name: str) -> str:
    """Return a key whose byte order is the Vietnamese order: letters first, then tones."""
    letters: list[str] = []
    tones: list[str] = []
    for mark in unicodedata.normalize("NFD", NUMBER.sub(_pad_number, name.casefold())):
        if mark in TONES:
            tones[-1:] = [str(TONES.index(mark) + 1)]
        elif mark in SHAPES and letters:
            letters[-1] = unicodedata.normalize("NFC", letters[-1] + mark)
        elif mark.isalnum() or mark == " ":
            letters.append(mark)
            tones.append("0")
    return "".join(RANK.get(letter, letter) for letter in letters) + "\t" + "".join(tones)


def search_key(*names: str) -> str:
    """Return a name as typed without accents: lower case, đ as d, one space between words.

    A phone writes other apostrophes and hyphens than a clerk does, and blanks around them or none.
    """
    joined = " | ".join(names).translate(LOOKALIKES)
    small = unicodedata.normalize("NFKD", joined).casefold().replace("đ", "d")
    plain = unicodedata.normalize("NFKD", small)
    same = plain.translate(LOOKALIKES)  # again: one mark may have stood for several
    kept = "".join(mark for mark in same if not unicodedata.combining(mark))
    return AROUND_HYPHEN.sub("-", " ".join(kept.split()))


def name_key(name: str) -> str:
    """Return the common key of all spellings of a name, whatever their case, dashes or tone places.

    Tones go to the end of their word, for hòa and hoà are one word.
    """
    plain = unicodedata.normalize("NFC", name.translate(LOOKALIKES))
    small = unicodedata.normalize("NFD", plain.casefold())
    kept = "".join(mark if _is_letter(mark) else " " for mark in small)
    return " ".join(_move_tone_last(word) for word in kept.split())


def paper_key(number: str | None, symbol: str | None) -> str | None:
    """Return the common key of all spellings of a paper's number and symbol: 05/QĐ-UBND.

    Neither case nor accents, dashes or zeros in front tell two papers of an issuer apart.
    """
    if number is None or symbol is None:
        return None
    words = name_key(f"{number} {symbol}") or f"{number} {symbol}"
    return LEADING_ZEROS.sub("", search_key(words))


def like_pattern(part: str) -> str:
    """Return the LIKE pattern that matches search keys with this part of a name."""
    plain = search_key(part).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{plain}%"


def _is_letter(mark: str) -> bool:
    return mark.isalnum() or bool(unicodedata.combining(mark))


def _move_tone_last(word: str) -> str:
    letters = "".join(mark for mark in word if mark not in TONES)
    tones = "".join(sorted(mark for mark in word if mark in TONES))
    return unicodedata.normalize("NFC", letters) + tones


def _pad_number(number: re.Match[str]) -> str:
    return number.group().zfill(6)
