"""Words of sources, compared whatever their case, accents and marks."""

import re
import unicodedata

MARKS = str.maketrans(dict.fromkeys("“”\"'(),;:…–—_?!=+", " "))
CITY = "thành phố Hồ Chí Minh"
SHORT = {"tp hcm": CITY, "tphcm": CITY, "hcm": CITY, "tp ho chi minh": CITY}
STOPS = re.compile(r"\.(?=\s|$)")  # full stops, not points in numbers


def fold(text: str) -> str:
    """Return a text in lower case, without accents and marks, one blank between words."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    bare = "".join(mark for mark in plain if not unicodedata.combining(mark))
    return " ".join(STOPS.sub(" ", bare.translate(MARKS)).split())


def has_words(text: str, words: str) -> bool:
    """Return whether a folded text has each of some words, or begins a word with it."""
    padded = f" {text}"
    return all(f" {word}" in padded for word in words.split())


def write_out(name: str) -> str:
    """Return the name of a place that is mostly written short."""
    return SHORT.get(" ".join(fold(name).replace(".", " ").split()), name)
