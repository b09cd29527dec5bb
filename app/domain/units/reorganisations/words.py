"""The words of a draft, with the units that they mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.db.tables.units import Hierarchy
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

    def main_heirs(self) -> dict[UUID, Standing]:
        """The unit that mainly follows each one that ends, or the only one that does."""
        found: dict[UUID, Standing] = {}
        for unit, edges in self.heirs().items():
            if main := [edge for edge in edges if edge.is_main or len(edges) == 1]:
                found[unit] = main[0].target
        return found

    def units(self) -> set[UUID]:
        """All that the draft speaks of."""
        alone: list[Ending | Naming] = [*self.endings, *self.namings]
        under: list[Opening | Going] = [*self.openings, *self.goings]
        units = [word.unit for word in alone] + [u for w in under for u in (w.unit, w.parent)]
        return {u.id for u in units} | {u.id for e in self.edges for u in (e.source, e.target)}
