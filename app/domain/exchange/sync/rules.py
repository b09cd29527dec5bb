"""Decide what of a change can be taken beside what others have changed meanwhile."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MODIFIERS = frozenset({"effective_on", "reason"})  # of a change, where the record has no such field


@dataclass(frozen=True, slots=True)
class FieldLog:
    """The names that the log has for what was changed since: by anything, and by changes alone."""

    by_all: frozenset[str] = frozenset()
    by_changes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields that a change of a resource takes, and the columns of its table."""

    inputs: frozenset[str]
    columns: frozenset[str]

    def find_touched(self, names: Iterable[str], logged: FieldLog) -> list[str]:
        """Find those fields of a change that were set since.

        A field without a column may be logged under any name; one that no other field claims
        counts as its own, so that nothing is overwritten unseen.
        """
        claimed = {name for one in self.inputs for name in _names(one)}
        strange = logged.by_changes - claimed
        return [
            name for name in names
            if _names(name) & logged.by_all or (strange and not _names(name) & self.columns)
        ]  # fmt: skip

    def take_modifiers(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return what goes along with fields, such as the day from which they hold."""
        known = MODIFIERS - self.columns
        return {name: value for name, value in values.items() if name in known}


def _names(field: str) -> frozenset[str]:
    return frozenset({field, f"{field}_id"})


@dataclass(frozen=True, slots=True)
class Merge:
    """The fields of a change that can be set, and those on which a person has to decide."""

    clean: tuple[str, ...]
    contested: tuple[str, ...]


def merge_fields(
    names: Iterable[str], touched: Collection[str], is_same: Callable[[str], bool],
    is_base: Callable[[str], bool],
) -> Merge:  # fmt: skip
    """Sort the fields of a change: only one that others set to another value is contested.

    Fields that already have the value of the change are neither: there is nothing to do.
    """
    clean: list[str] = []
    contested: list[str] = []
    for name in names:
        if name not in touched or is_base(name):
            clean.append(name)
        elif not is_same(name):
            contested.append(name)
    return Merge(tuple(clean), tuple(contested))
