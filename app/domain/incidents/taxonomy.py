"""The taxonomy of incidents: categories with the days on which they hold, as shipped data."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from app.data import SHIPPED
from app.db.base import INFINITY, MINUS_INFINITY

VOCABULARY = "incident-categories"
FILE = SHIPPED / "incidents" / "taxonomy.csv"


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its group, its days, whether it is an accident, and whether it is mediated."""

    code: str
    group: str
    valid_from: date
    valid_to: date
    is_accident: bool
    is_mediable: bool  # no sign of a crime, no violation to be fined, no domestic violence

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day < self.valid_to


@cache
def load_categories() -> Mapping[str, Category]:
    """Return all categories that are shipped, by code."""
    with FILE.open(encoding="utf-8") as content:
        return {line["code"]: _read(line) for line in csv.DictReader(content)}


def _read(line: dict[str, str]) -> Category:
    since, until = line["valid_from"], line["valid_to"]
    return Category(
        line["code"], line["parent"] or line["code"],
        date.fromisoformat(since) if since else MINUS_INFINITY,
        date.fromisoformat(until) if until else INFINITY,
        line["accident"] == "yes", line["mediable"] == "yes",
    )  # fmt: skip
