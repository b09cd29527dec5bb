"""What a change of the map is made of: words understood, ground it stands on, rows it writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from app.db.base import FOR_EVER
from app.db.tables.units import (
    Hierarchy,
    Unit,
    UnitLevel,
    UnitParent,
    UnitSuccession,
    UnitVersion,
)
from app.domain.errors import DomainError
from app.domain.units.queries import Standing
from app.domain.units.reorganisations.schemas import NewUnit, Rename


@dataclass(frozen=True, slots=True)
class Wrong:
    """A fault, and the word of the draft that it lies in."""

    pointer: str
    error: DomainError


@dataclass(frozen=True, slots=True)
class Opening:
    """A unit that begins."""

    pointer: str
    unit: Standing
    parent: Standing
    said: NewUnit


@dataclass(frozen=True, slots=True)
class Ending:
    """A unit that ends; in a correction, one that ended on that day."""

    pointer: str
    unit: Standing


@dataclass(frozen=True, slots=True)
class Edge:
    """What becomes of a unit, or of a part of it."""

    pointer: str
    source: Standing
    target: Standing
    share: Decimal | None
    is_main: bool
    decision: str | None


@dataclass(frozen=True, slots=True)
class Going:
    """A unit that is said to go under another parent."""

    pointer: str
    unit: Standing
    parent: Standing
    hierarchies: tuple[Hierarchy, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """A unit that is said to go on under another name, kind or code."""

    pointer: str
    unit: Standing
    said: Rename


@dataclass(frozen=True, slots=True)
class Words:
    """A draft of which every name has been looked up, and what could not be found."""

    day: date
    corrects: bool
    openings: Sequence[Opening] = ()
    endings: Sequence[Ending] = ()
    edges: Sequence[Edge] = ()
    goings: Sequence[Going] = ()
    namings: Sequence[Naming] = ()
    wrong: Sequence[Wrong] = ()

    def heirs(self) -> dict[UUID, list[Edge]]:
        """What becomes of each unit that ends."""
        found: dict[UUID, list[Edge]] = {ending.unit.id: [] for ending in self.endings}
        for edge in self.edges:
            found[edge.source.id].append(edge)
        return found


@dataclass(frozen=True, slots=True)
class Ground:
    """The rows of the map that a plan stands on, as they are today."""

    versions: Mapping[UUID, Sequence[UnitVersion]]
    parents: Mapping[UUID, Sequence[UnitParent]]
    children: Mapping[UUID, Sequence[UnitParent]]
    successions: Sequence[UnitSuccession]
    holders: Sequence[UnitVersion]
    counters: Mapping[UUID, int]

    def named(self, unit: UUID) -> list[UnitVersion]:
        """What a unit was called, in turn; what was void from its first day is left out."""
        return [v for v in self.versions[unit] if v.valid_from < v.valid_to]

    def edges(self, unit: UUID, hierarchy: Hierarchy) -> list[UnitParent]:
        """Under whom a unit lay, in turn."""
        rows = (e for e in self.parents.get(unit, ()) if e.hierarchy == hierarchy)
        return [edge for edge in rows if edge.valid_from < edge.valid_to]

    def stands(self, unit: UUID, day: date) -> bool:
        return any(v.valid_from <= day < v.valid_to for v in self.versions[unit])

    def known(self, unit: UUID) -> Standing:
        """A unit as it is, or was last known."""
        v = (self.named(unit) or self.versions[unit])[-1]
        return Standing(unit, v.level, v.name, v.code, v.valid_from, v.valid_to)


@dataclass(frozen=True, slots=True)
class Shift:
    """A unit that comes under another parent in one hierarchy, or under none that is known."""

    pointer: str
    unit_id: UUID
    hierarchy: Hierarchy
    leaves: UnitParent | None
    parent: Standing | None
    begin: date
    end: date


@dataclass(frozen=True, slots=True)
class Bound:
    """A row that is to last until another day than it did."""

    id: UUID
    unit_id: UUID
    until: date
    was: date


@dataclass(frozen=True, slots=True)
class Redrawing:
    """The rows that a change of the map writes; whoever undoes it goes by them."""

    units: Sequence[Unit] = ()
    versions: Sequence[UnitVersion] = ()
    parents: Sequence[UnitParent] = ()
    successions: Sequence[UnitSuccession] = ()
    replaced: Sequence[UnitSuccession] = ()
    version_bounds: Sequence[Bound] = ()
    parent_bounds: Sequence[Bound] = ()

    def uprooted(self) -> set[UUID]:
        """Units that may lie elsewhere than before, and with them all that lies below."""
        rows = (*self.parents, *self.parent_bounds)
        edges = (*self.successions, *self.replaced)
        return {u.id for u in self.units} | {r.unit_id for r in rows} | {e.from_id for e in edges}

    def touched(self) -> set[UUID]:
        """Units of which anything is said otherwise than before."""
        rows = (*self.versions, *self.version_bounds)
        edges = (*self.successions, *self.replaced)
        return self.uprooted() | {r.unit_id for r in rows} | {e.to_id for e in edges}


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft come down to the rows of the map."""

    words: Words
    redrawing: Redrawing
    shifts: Sequence[Shift]
    wrong: list[Wrong] = field(default_factory=list)

    def moving(self) -> set[UUID]:
        return {shift.unit_id for shift in self.shifts if shift.parent}

    def unmapped(self) -> list[UUID]:
        lost = (s for s in self.shifts if s.parent is None)
        return [s.unit_id for s in lost if s.hierarchy is Hierarchy.ADMINISTRATIVE]


class Done(BaseModel):
    """What a commit did, kept with it so that it can be undone."""

    units: list[UUID]
    touched: list[UUID]
    versions_begun: list[UUID]
    versions_ended: dict[UUID, date]
    parents_begun: list[UUID]
    parents_ended: dict[UUID, date]
    successions: list[dict[str, Any]]
    replaced: list[dict[str, Any]]

    @classmethod
    def of(cls, drawn: Redrawing) -> "Done":
        return cls(
            units=[unit.id for unit in drawn.units],
            touched=sorted(drawn.touched()),
            versions_begun=[version.id for version in drawn.versions],
            versions_ended={bound.id: bound.was for bound in drawn.version_bounds},
            parents_begun=[edge.id for edge in drawn.parents],
            parents_ended={bound.id: bound.was for bound in drawn.parent_bounds},
            successions=[edge.model_dump(mode="json") for edge in drawn.successions],
            replaced=[edge.model_dump(mode="json") for edge in drawn.replaced],
        )


def new_standing(id: UUID, level: UnitLevel, said: NewUnit, day: date) -> Standing:
    """A unit that is to begin, as it will stand."""
    return Standing(id, level, said.name, said.code, day, FOR_EVER)


def edges_of(kept: Sequence[dict[str, Any]]) -> Iterator[UnitSuccession]:
    """Successions as a commit kept them."""
    return (UnitSuccession.model_validate(edge) for edge in kept)
