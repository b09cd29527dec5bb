"""Mappings that are data: rows that are computed, and the measures of rows that are stated."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from app.acceptance.rows import PublishedFigure
from app.acceptance.words import fold, has_words
from app.data import SHIPPED

FOLDER = SHIPPED / "acceptance"
OTHER = "other"  # the measure and the unit of what has no other


@dataclass(frozen=True, slots=True)
class Computation:
    """The way to compute a row: a question about figures, or an address, and the value in it."""

    place: str
    unit: str
    period: str
    words: str
    question: str
    path: str
    take: str

    def fits(self, row: PublishedFigure) -> bool:
        """Return whether a row is this figure."""
        same = (fold(row.place), fold(row.unit)) == (self.place, self.unit)
        return same and fold(row.period).startswith(self.period) and has_words(row.text, self.words)


@dataclass(frozen=True, slots=True)
class StatedMeasure:
    """The measure and the counting unit of a stated row."""

    measure: str
    counting_unit: str
    category: str | None = None


def find_computation(row: PublishedFigure) -> Computation | None:
    """Find how a row is computed; None where it can only be stated."""
    return next((one for one in _load_computations() if one.fits(row)), None)


def find_unit(row: PublishedFigure) -> str:
    """Find the counting unit of a row by the words of its source."""
    return _load_units().get(fold(row.unit), OTHER)


def find_measure(row: PublishedFigure, units: Mapping[str, str]) -> StatedMeasure:
    """Find what a row counts, by its unit and its words; `units` has that of each measure."""
    code = find_unit(row)
    meaning, text = fold(row.meaning), row.text
    for line in _lines("measures.csv"):
        if line["unit"] == code and (
            has_words(meaning, line["words"]) or has_words(text, line["words"])
        ):
            measure, category = line["measure"], line["category"] or None
            return StatedMeasure(measure, units[measure], category)
    return StatedMeasure(OTHER, code)


@cache
def _load_computations() -> tuple[Computation, ...]:
    return tuple(Computation(**line) for line in _lines("computed.csv"))


@cache
def _load_units() -> dict[str, str]:
    return {line["words"]: line["code"] for line in _lines("counting_units.csv")}


def _lines(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
