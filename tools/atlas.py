"""The units of the map: which territory before the reform is still the same one after it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID, uuid5

from source import Key, Link, Place, Source

NAMESPACE = UUID("6f0a3d52-53c1-5c52-9e0b-0f6c5b1f7a11")
REFORM = "2025-07-01"
POLICE_REFORM = "2025-03-01"
ALWAYS = ""
ORIGIN = "origin"
LEVELS = ("national", "province", "district", "commune")
COUNTRY = Place("national", "country", "VN", "Việt Nam", "Việt Nam")

Order: TypeAlias = tuple[int, str, str]


@dataclass(frozen=True)
class Unit:
    """A territory through time: what it was before the reform, what it is after, or both."""

    id: UUID
    old: Place | None
    new: Place | None

    @property
    def first(self) -> Place:
        """Return the unit as it is first known."""
        place = self.old or self.new
        assert place is not None
        return place

    @property
    def order(self) -> Order:
        """Its place in every file: by level, by code, the elder first."""
        return LEVELS.index(self.first.level), self.first.code, ALWAYS if self.old else REFORM


class Atlas:
    """All units, each found by its level and code before the reform, and after it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.successors: dict[Key, list[Link]] = defaultdict(list)
        self.predecessors: dict[Key, list[Link]] = defaultdict(list)
        for link in source.links:
            self.successors[link.old].append(link)
            self.predecessors[link.new].append(link)
        self.country = Unit(unit_id(COUNTRY, ORIGIN), COUNTRY, COUNTRY)
        self.old = {key: self.old_unit(place) for key, place in source.old.items()}
        self.new = {key: self.new_unit(place) for key, place in source.new.items()}
        units = {unit.id: unit for unit in (self.country, *self.old.values(), *self.new.values())}
        self.units = sorted(units.values(), key=lambda unit: unit.order)

    def continues(self, key: Key) -> bool:
        """One and the same: it went whole into a unit of its level and code, and alone."""
        after = [link.new for link in self.successors.get(key, ())]
        before = [link.old for link in self.predecessors.get(key, ())]
        return after == before == [key]

    def old_unit(self, place: Place) -> Unit:
        """The unit of a place before the reform."""
        new = self.source.new[place.key] if self.continues(place.key) else None
        return Unit(unit_id(place, ORIGIN), place, new)

    def new_unit(self, place: Place) -> Unit:
        """The unit of a place after the reform."""
        if self.continues(place.key):
            return self.old[place.key]
        return Unit(unit_id(place, REFORM), None, place)


def unit_id(place: Place, first: str) -> UUID:
    """The lifelong id: the same in every installation."""
    return uuid5(NAMESPACE, f"{place.level}/{place.code}/{first}")
