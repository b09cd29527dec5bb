"""The route of a tip: to the chosen unit, or the next above those the informant excludes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db.tables.units import UnitKind, UnitLevel


@dataclass(frozen=True, slots=True)
class RoutingUnit:
    """A unit as it stands, or was last known, on a day."""

    id: UUID
    level: UnitLevel
    kind: UnitKind
    code: str | None
    name: str
    valid_from: date
    valid_to: date

    def stands_on(self, day: date) -> bool:
        """Return whether the unit stands on a day."""
        return self.valid_from <= day < self.valid_to


Lineage = Sequence[RoutingUnit]  # a unit, and what it lies in, up to the country


@dataclass(frozen=True, slots=True)
class Route:
    """A unit to which a tip goes, and those that must not get it later."""

    to: RoutingUnit
    excluded: frozenset[UUID] = frozenset()


def choose_route(chosen: Lineage, about: Lineage | None, not_to: Collection[Lineage]) -> Route:
    """Choose the wanted unit, or the nearest above all excluded ones; the country never is.

    A village holds no tips; its people are excluded all the same, whatever else they serve for.
    """
    way = [unit for unit in chosen if unit.level is not UnitLevel.VILLAGE]
    named = [one[0] for one in (*([about] if about else []), *not_to)]
    excluded = frozenset(unit.id for unit in named if unit.level is not UnitLevel.NATIONAL)
    met = [height for height, unit in enumerate(way[:-1]) if unit.id in excluded]
    return Route(way[met[-1] + 1] if met else way[0], excluded)
