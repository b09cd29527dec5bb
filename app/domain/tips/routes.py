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
    """A unit to which a tip goes, and the one that must not get it later."""

    to: RoutingUnit
    excluded: RoutingUnit | None


def choose_route(chosen: Lineage, about: Lineage | None, not_to: Collection[Lineage]) -> Route:
    """Choose the wanted unit, or the nearest above all excluded ones; the country never is.

    Of several excluded units the highest on the way is stored in the open, the others encrypted.
    """
    way = [unit for unit in chosen if unit.level is not UnitLevel.VILLAGE]
    named = [*([about] if about else []), *not_to]
    excluded = {unit.id: unit for unit in (_excluded_unit(one) for one in named) if unit}
    met = [height for height, unit in enumerate(way[:-1]) if unit.id in excluded]
    if met:
        return Route(way[met[-1] + 1], way[met[-1]])
    return Route(way[0], next(iter(excluded.values()), None))


def _excluded_unit(lineage: Lineage) -> RoutingUnit | None:
    """Return an excluded unit; a village holds no tips, so that excluding it asks for nothing."""
    return None if lineage[0].level is UnitLevel.VILLAGE else lineage[0]
