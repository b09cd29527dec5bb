"""Indicators: versioned definitions of figures; they are data."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from importlib.resources.abc import Traversable

from pydantic import BaseModel, computed_field

from app.data import SHIPPED
from app.db.tables.calendars import Certainty
from app.domain.figures.errors import UnknownIndicator
from app.domain.records.measures import Measure

FILE = SHIPPED / "indicators" / "indicators.csv"
VERSION = "@"  # of an indicator: model_coverage@1


class RollUp(StrEnum):
    """Way in which figures of parts become one of the whole."""

    SUM = "sum"
    RECOMPUTE = "recompute"
    DISTINCT = "distinct"
    LAST = "last"


class Better(StrEnum):
    """Direction in which a figure should go."""

    HIGHER = "higher"
    LOWER = "lower"


class Indicator(BaseModel):
    """A version of a definition: a measure and its filter, or a share of two indicators."""

    code: str
    version: int
    valid_from: date | None = None
    vi: str
    en: str
    measure: str | None = None
    filter: str | None = None
    distinct: str | None = None
    counting_unit: str
    numerator: str | None = None
    denominator: str | None = None
    roll_up: RollUp
    better: Better | None = None
    basis: str | None = None
    certainty: Certainty | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def name(self) -> str:
        """Return its code with its version, its full name."""
        return f"{self.code}{VERSION}{self.version}"

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the full names of numerator and denominator; none where it is no share."""
        return () if self.measure else (self.numerator or "", self.denominator or "")


class FaultyIndicators(Exception):
    """A definition names what is not defined; the application does not start with it."""


class IndicatorList(BaseModel):
    """All indicators; of each the latest version comes first."""

    items: list[Indicator]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Measures of all features, and the indicators over them."""

    measures: Mapping[str, Measure]
    paths: Mapping[str, str] = field(default_factory=dict)  # of the records, by their shape
    file: Traversable = FILE

    @classmethod
    def of(
        cls, measures: Iterable[Measure], paths: Mapping[str, str], file: Traversable = FILE
    ) -> "Catalogue":
        """Return the catalogue of all measures; refuse definitions that name what is not there."""
        found = cls({measure.code: measure for measure in measures}, paths, file)
        check_definitions(found.indicators)
        return found

    @cached_property
    def indicators(self) -> tuple[Indicator, ...]:
        """Return all indicators of the file; the latest version of each comes first."""
        found = sorted(self._read(), key=lambda one: -one.version)
        order = list(dict.fromkeys(one.code for one in self._read()))
        return tuple(sorted(found, key=lambda one: order.index(one.code)))

    def find(self, name: str) -> Indicator:
        """Find an indicator by its code, in the latest version, or by code and version."""
        for one in self.indicators:
            if name in (one.code, one.name):
                return one
        known = dict.fromkeys(one.code for one in self.indicators)
        raise UnknownIndicator(given=name, known=list(known))

    def measure_of(self, indicator: Indicator) -> Measure:
        """Return the measure that an indicator counts; of a share, that of its numerator."""
        if indicator.measure is None:
            return self.measure_of(self.find(str(indicator.numerator)))
        return self.measures[indicator.measure]

    def _find_measure(self, line: Mapping[str, str]) -> Measure:
        if measure := self.measures.get(line["measure"]):
            return measure
        raise FaultyIndicators(f"{line['code']} counts “{line['measure']}”, which nobody declares.")

    def _read(self) -> Iterator[Indicator]:
        with self.file.open(encoding="utf-8") as file:
            for line in csv.DictReader(file):
                known = {name: value for name, value in line.items() if value}
                if "measure" in known:
                    known = {"counting_unit": self._find_measure(known).counting_unit} | known
                yield Indicator.model_validate(known)


def check_definitions(indicators: Iterable[Indicator]) -> None:
    """Refuse a name that is given twice, and a part that is no measure in a known version."""
    known: dict[str, Indicator] = {}
    for one in indicators:
        if known.setdefault(one.name, one) is not one:
            raise FaultyIndicators(f"{one.name} is defined twice: give the second a new version.")
    for one in known.values():
        for part in one.parts:
            if part not in known or known[part].measure is None:
                raise FaultyIndicators(
                    f"{one.name} has the part “{part}”: name an indicator that counts a measure, "
                    f"with its version, such as {part.partition(VERSION)[0] or 'models'}{VERSION}1."
                )


def read_filter(words: str | None) -> dict[str, tuple[str, ...]]:
    """Read `kind:a|b;level:c` as the values that each dimension may have."""
    parts = [part.partition(":") for part in (words or "").split(";") if part.strip()]
    return {name.strip(): tuple(v.strip() for v in values.split("|")) for name, _, values in parts}
