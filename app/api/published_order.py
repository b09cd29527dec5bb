"""The order of what is published, where it is not that in which the features declare it."""

from collections.abc import Mapping
from typing import TypeVar

V = TypeVar("V")
Moved = Mapping[str, tuple[str, ...]]  # by what they stand behind


def sort_as_published(declared: Mapping[str, V], moved: Moved) -> dict[str, V]:
    """What is declared, as it is published; what is not named stands where it was declared."""
    names = list(declared)
    for before, those in moved.items():
        names = [name for name in names if name not in those]
        place = names.index(before) + 1
        names[place:place] = those
    return {name: declared[name] for name in names}
