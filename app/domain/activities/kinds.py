"""The measures and details of each kind of activities, as shipped data."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.data import SHIPPED
from app.db.tables.activity_terms import ActivityKind

FILE = SHIPPED / "activities" / "kinds.csv"


@dataclass(frozen=True, slots=True)
class Kind:
    """The measures and details of a kind of activities."""

    measures: tuple[str, ...]
    details: tuple[str, ...]
    required: tuple[str, ...]


@cache
def load_kinds() -> Mapping[ActivityKind, Kind]:
    """Return what each kind of activities has."""
    with FILE.open(encoding="utf-8") as content:
        return {ActivityKind(line["kind"]): _read(line) for line in csv.DictReader(content)}


def _read(line: dict[str, str]) -> Kind:
    names = ("measures", "details", "required")
    return Kind(*(tuple(line[name].split()) for name in names))


@cache
def list_details() -> tuple[str, ...]:
    """Return the details that activities of any kind have."""
    return tuple(sorted({name for kind in load_kinds().values() for name in kind.details}))
