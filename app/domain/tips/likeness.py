"""How tips alike are found: by sketches of their words, made under a key, so that none is told."""

import re
from collections.abc import Sequence
from hashlib import blake2b
from struct import Struct

from app.db.vietnamese import search_key

VALUES, SHINGLE = 32, 3  # values of a sketch; words that are taken together
WORD = re.compile(r"\w+")
PARTED = Struct(">8q")  # one digest of 64 bytes is eight values, as signed as bigint is
LARGEST = 2**63 - 1


def sketch(text: str, key: bytes) -> list[int]:
    """The least hash of all that is said, under each of many hashes: alike where texts are."""
    least = [LARGEST] * VALUES
    for said in _shingles(WORD.findall(search_key(text))):
        least = [min(pair) for pair in zip(least, _values(said, key), strict=True)]
    return least


def share(one: Sequence[int], other: Sequence[int]) -> float:
    """How much of what two texts say is in both, as their sketches tell."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / VALUES


def _shingles(words: Sequence[str]) -> set[str]:
    """Every run of some words; a text shorter than that is one."""
    runs = range(max(1, len(words) - SHINGLE + 1))
    return {" ".join(words[n : n + SHINGLE]) for n in runs}


def _values(said: str, key: bytes) -> list[int]:
    values: list[int] = []
    for part in range(VALUES // 8):
        digest = blake2b(said.encode(), key=key, salt=bytes([part]))
        values += PARTED.unpack(digest.digest())
    return values
