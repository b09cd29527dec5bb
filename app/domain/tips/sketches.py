"""Sketches of texts, by which similar tips are found; under a key, so that no word shows."""

import re
from collections.abc import Sequence
from hashlib import blake2b
from struct import Struct

from app.db.vietnamese import search_key

VALUES, SHINGLE = 32, 3  # values of a sketch; words in a shingle
WORD = re.compile(r"\w+")
DIGEST = Struct(">8q")  # one digest of 64 bytes is eight values, as signed as bigint is
MAX_VALUE = 2**63 - 1


def make_sketch(text: str, key: bytes) -> list[int]:
    """Make the MinHash sketch of a text: the least hash of its shingles under each of many."""
    least = [MAX_VALUE] * VALUES
    for shingle in _shingles(WORD.findall(search_key(text))):
        least = [min(pair) for pair in zip(least, _hash_values(shingle, key), strict=True)]
    return least


def estimate_similarity(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimate which share of the shingles of two texts is in both."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / VALUES


def _shingles(words: Sequence[str]) -> set[str]:
    """Cut a text into runs of some words; one shorter than that is one run."""
    runs = range(max(1, len(words) - SHINGLE + 1))
    return {" ".join(words[n : n + SHINGLE]) for n in runs}


def _hash_values(shingle: str, key: bytes) -> list[int]:
    values: list[int] = []
    for part in range(VALUES // 8):
        digest = blake2b(shingle.encode(), key=key, salt=bytes([part]))
        values += DIGEST.unpack(digest.digest())
    return values
