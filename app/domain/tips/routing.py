"""Who receives a tip: the unit that was chosen, or the next above whom the informant mistrusts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db.tables.units import UnitKind, UnitLevel


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it stands, or was last known, on a day."""

    id: UUID
    level: UnitLevel
    kind: UnitKind
    code: str | None
    name: str
    valid_from: date
    valid_to: date

    def stands_on(self, day: date) -> bool:
        return self.valid_from <= day < self.valid_to


Lineage = Sequence[Place]  # a unit, and what it lies in, up to the country


@dataclass(frozen=True, slots=True)
class Route:
    """Where a tip goes, and which unit must not get it later."""

    to: Place
    excluded: Place | None


def route(chosen: Lineage, about: Lineage | None, not_to: Collection[Lineage]) -> Route:
    """The chosen unit, or the nearest above all that are excluded; the country is never left out.

    Of several excluded units the highest on the way is kept in the open; the others are sealed.
    """
    way = _above_villages(chosen)
    mistrusted = [*([about] if about else []), *not_to]
    named = {place.id: place for place in (_above(one) for one in mistrusted) if place}
    met = [height for height, place in enumerate(way[:-1]) if place.id in named]
    if met:
        return Route(way[met[-1] + 1], way[met[-1]])
    return Route(way[0], next(iter(named.values()), None))


def _above_villages(lineage: Lineage) -> Lineage:
    return [place for place in lineage if place.level is not UnitLevel.VILLAGE]


def _above(lineage: Lineage) -> Place | None:
    """An excluded unit; a village holds no tips, so that leaving it out asks for nothing."""
    return None if lineage[0].level is UnitLevel.VILLAGE else lineage[0]
