"""Words of sources, compared whatever their case, accents and marks."""

import re
import unicodedata

MARKS = str.maketrans(dict.fromkeys("“”\"'(),;:…–—_?!=+", " "))
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
