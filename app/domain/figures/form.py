"""The form of a question: all of it that decides the statement; the rest are bound values."""

from dataclasses import dataclass
from enum import StrEnum

from app.db.tables.units import UnitLevel
from app.domain.records.measures import Measure

MONTH, CHILD, UNIT_KIND, HOST_SPAN = "month", "child_unit", "unit_kind", "host_span"
PLACES = tuple(level for level in UnitLevel if level is not UnitLevel.NATIONAL)


class HostSpan(StrEnum):
    """Reach of a record: the level of its hosts, and their number."""

    ONE_UNIT = "one_unit"
    VILLAGES = "villages"
    COMMUNES = "communes"
    DISTRICTS = "districts"
    TWO_PROVINCES = "two_provinces"
    SEVERAL_PROVINCES = "several_provinces"


@dataclass(frozen=True, slots=True)
class Form:
    """The parts of a question that decide its statement."""

    measure: Measure
    filters: tuple[str, ...] = ()
    by: str | None = None  # a level of units, or a dimension; months are periods of their own
    level: str | None = None  # that of the unit; None: the whole country
    as_recorded: bool = False  # each fact on the map of its own day
    apart: bool = False  # the unit is looked for on the map of another day than the boundary's
    distinct: str | None = None  # what is counted once each
    single: bool = False  # one period alone, whose days PostgreSQL knows when it plans

    @property
    def by_place(self) -> bool:
        """Return whether cells are units."""
        return self.by in PLACES


def list_dimensions(measure: Measure) -> list[str]:
    """List the dimensions of a measure, by which it is narrowed or split."""
    spans = [HOST_SPAN] if measure.hosts else []
    return [*measure.dimensions, UNIT_KIND, *spans]
