"""Which numbers are not told because few people stand behind them, nor those that betray them."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

LEAST = 5  # fewer than so many are not told, none among them
Key = TypeVar("Key", bound=Hashable)


def hidden(
    numbers: Mapping[Key, int],
    columns: Iterable[Collection[Key]],
    rows: Iterable[Collection[Key]] = (),
    kept_back: Collection[Key] = (),
) -> set[Key]:
    """The numbers that are not told.

    Each column and row is a whole with its parts: where all but one of them were known, that one
    could be worked out, so that the next smallest is not told either. In a column, where most are
    none anyway, what is none hides nothing; a row is short, and does not say which part is none.
    Some may be kept back already, for what they would tell elsewhere.
    """
    found = {key for key, number in numbers.items() if number < LEAST} | {*kept_back}
    sums = [(list(keys), False) for keys in columns] + [(list(keys), True) for keys in rows]
    while more := {key for keys, none_hides in sums
                   for key in _betraying(keys, none_hides, numbers, found)}:  # fmt: skip
        found |= more
    return found


def _betraying(
    keys: list[Key], none_hides: bool, numbers: Mapping[Key, int], found: set[Key]
) -> list[Key]:
    """The smallest number that is told, where it would betray the only one that is not."""
    kept_back = [key for key in keys if key in found and (none_hides or numbers[key])]
    told = [key for key in keys if key not in found]
    if len(kept_back) != 1 or not numbers[kept_back[0]] or not told:
        return []
    return [min(told, key=lambda key: numbers[key])]
