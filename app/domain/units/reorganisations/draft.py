"""The words of a draft, with the units that they mean."""

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
    """A fault, and the word of the draft that it lies in."""

    pointer: str
    error: DomainError


@dataclass(frozen=True, slots=True)
class UnitStart:
    """A unit that begins."""

    pointer: str
    unit: UnitOnDate
    parent: UnitOnDate
    said: NewUnit


@dataclass(frozen=True, slots=True)
class UnitEnd:
    """A unit that ends; in a correction, one that ended on that day."""

    pointer: str
    unit: UnitOnDate


@dataclass(frozen=True, slots=True)
class SuccessionEdge:
    """What becomes of a unit, or of a part of it."""

    pointer: str
    source: UnitOnDate
    target: UnitOnDate
    share: Decimal | None
    is_main: bool
    decision: str | None


@dataclass(frozen=True, slots=True)
class ParentMove:
    """A unit that is said to go under another parent."""

    pointer: str
    unit: UnitOnDate
    parent: UnitOnDate
    hierarchies: tuple[Hierarchy, ...]


@dataclass(frozen=True, slots=True)
class NameChange:
    """A unit that is said to go on under another name, kind or code."""

    pointer: str
    unit: UnitOnDate
    said: Rename


@dataclass(frozen=True, slots=True)
class ResolvedDraft:
    """A draft of which every name has been looked up, and what could not be found."""

    day: date
    corrects: bool
    openings: Sequence[UnitStart] = ()
    endings: Sequence[UnitEnd] = ()
    edges: Sequence[SuccessionEdge] = ()
    goings: Sequence[ParentMove] = ()
    namings: Sequence[NameChange] = ()
    wrong: Sequence[DraftFault] = ()

    def heirs(self) -> dict[UUID, list[SuccessionEdge]]:
        """What becomes of each unit that ends."""
        found: dict[UUID, list[SuccessionEdge]] = {ending.unit.id: [] for ending in self.endings}
        for edge in self.edges:
            found[edge.source.id].append(edge)
        return found

    def main_heirs(self) -> dict[UUID, UnitOnDate]:
        """The unit that mainly follows each one that ends, or the only one that does."""
        found: dict[UUID, UnitOnDate] = {}
        for unit, edges in self.heirs().items():
            if main := [edge for edge in edges if edge.is_main or len(edges) == 1]:
                found[unit] = main[0].target
        return found

    def units(self) -> set[UUID]:
        """All that the draft speaks of."""
        alone: list[UnitEnd | NameChange] = [*self.endings, *self.namings]
        under: list[UnitStart | ParentMove] = [*self.openings, *self.goings]
        units = [word.unit for word in alone] + [u for w in under for u in (w.unit, w.parent)]
        return {u.id for u in units} | {u.id for e in self.edges for u in (e.source, e.target)}
