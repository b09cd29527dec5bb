"""A draft whose names are resolved to units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.db.tables.units import Hierarchy
from app.domain.errors import DomainError
from app.domain.units.queries import UnitOnDate
from app.domain.units.reorganisations.schemas import NewUnit, Rename


@dataclass(frozen=True, slots=True)
class DraftFault:
    """A fault, and a pointer to the part of the draft that causes it."""

    pointer: str
    error: DomainError


@dataclass(frozen=True, slots=True)
class UnitStart:
    """A unit that begins."""

    pointer: str
    unit: UnitOnDate
    parent: UnitOnDate
    data: NewUnit


@dataclass(frozen=True, slots=True)
class UnitEnd:
    """A unit that ends; in a correction, one that ended on that day."""

    pointer: str
    unit: UnitOnDate


@dataclass(frozen=True, slots=True)
class SuccessionEdge:
    """A succession of a unit, or of a part of it, to another."""

    pointer: str
    source: UnitOnDate
    target: UnitOnDate
    share: Decimal | None
    is_main: bool
    decision: str | None


@dataclass(frozen=True, slots=True)
class ParentMove:
    """A unit that the draft moves to another parent."""

    pointer: str
    unit: UnitOnDate
    parent: UnitOnDate
    hierarchies: tuple[Hierarchy, ...]


@dataclass(frozen=True, slots=True)
class NameChange:
    """A unit that the draft gives another name, kind or code."""

    pointer: str
    unit: UnitOnDate
    data: Rename


@dataclass(frozen=True, slots=True)
class ResolvedDraft:
    """A draft whose names have been resolved, and the faults of those that were not found."""

    day: date
    corrects: bool
    openings: Sequence[UnitStart] = ()
    endings: Sequence[UnitEnd] = ()
    edges: Sequence[SuccessionEdge] = ()
    moves: Sequence[ParentMove] = ()
    renames: Sequence[NameChange] = ()
    faults: Sequence[DraftFault] = ()

    def successions_by_unit(self) -> dict[UUID, list[SuccessionEdge]]:
        """Return the successions of each unit that ends."""
        found: dict[UUID, list[SuccessionEdge]] = {ending.unit.id: [] for ending in self.endings}
        for edge in self.edges:
            found[edge.source.id].append(edge)
        return found

    def main_successors(self) -> dict[UUID, UnitOnDate]:
        """Return the main successor of each unit that ends, or its only one."""
        found: dict[UUID, UnitOnDate] = {}
        for unit, edges in self.successions_by_unit().items():
            if main := [edge for edge in edges if edge.is_main or len(edges) == 1]:
                found[unit] = main[0].target
        return found

    def units(self) -> set[UUID]:
        """Return all units that the draft mentions."""
        alone: list[UnitEnd | NameChange] = [*self.endings, *self.renames]
        under: list[UnitStart | ParentMove] = [*self.openings, *self.moves]
        units = [part.unit for part in alone] + [u for w in under for u in (w.unit, w.parent)]
        return {u.id for u in units} | {u.id for e in self.edges for u in (e.source, e.target)}
