"""Suppression of small cells, and of the cells from which they could be worked out."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

MIN_CELL = 5  # smaller numbers are suppressed, zero among them
Key = TypeVar("Key", bound=Hashable)


def find_suppressed(
    numbers: Mapping[Key, int],
    columns: Iterable[Collection[Key]],
    rows: Iterable[Collection[Key]] = (),
    withheld: Collection[Key] = (),
) -> set[Key]:
    """Find the numbers to suppress.

    Each column and row is a whole with its parts: where all but one of them are known, that one
    can be worked out, so that the next smallest is suppressed too. In a column, where most are
    zero anyway, a zero hides nothing; a row is short, and does not say which part is zero.
    Numbers in `withheld` are suppressed for what they would reveal elsewhere.
    """
    found = {key for key, number in numbers.items() if number < MIN_CELL} | {*withheld}
    sums = [(list(keys), False) for keys in columns] + [(list(keys), True) for keys in rows]
    while more := {key for keys, zero_hides in sums
                   for key in _find_revealing(keys, zero_hides, numbers, found)}:  # fmt: skip
        found |= more
    return found


def _find_revealing(
    keys: list[Key], zero_hides: bool, numbers: Mapping[Key, int], found: set[Key]
) -> list[Key]:
    """Find the smallest published number where it would reveal the only suppressed one."""
    suppressed = [key for key in keys if key in found and (zero_hides or numbers[key])]
    published = [key for key in keys if key not in found]
    if len(suppressed) != 1 or not numbers[suppressed[0]] or not published:
        return []
    return [min(published, key=lambda key: numbers[key])]
