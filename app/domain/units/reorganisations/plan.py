"""What a change of the map comes to: the ground it stands on, the rows that it writes."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlmodel import SQLModel

from app.db.base import INFINITY
from app.db.tables.units import Hierarchy, Unit, UnitParent, UnitSuccession, UnitVersion
from app.domain.units.queries import UnitOnDate
from app.domain.units.reorganisations.draft import DraftFault, ResolvedDraft
from app.domain.units.reorganisations.schemas import Unmapped
from app.domain.units.rules import plan_hash


@dataclass(frozen=True, slots=True)
class ParentChange:
    """A unit that comes under another parent in one hierarchy, or under none that is known."""

    pointer: str
    unit_id: UUID
    hierarchy: Hierarchy
    leaves: UnitParent | None
    parent: UnitOnDate | None
    begin: date
    end: date


@dataclass(frozen=True, slots=True)
class MapSnapshot:
    """The rows of the map that a plan stands on, as they are today."""

    versions: Mapping[UUID, Sequence[UnitVersion]]
    parents: Mapping[UUID, Sequence[UnitParent]]
    children: Mapping[UUID, Sequence[UnitParent]]
    successions: Sequence[UnitSuccession]
    holders: Sequence[UnitVersion]
    counters: Mapping[UUID, int]

    def names_of(self, unit: UUID) -> list[UnitVersion]:
        """What a unit was called, in turn; what was void from its first day is left out."""
        return [v for v in self.versions[unit] if v.valid_from < v.valid_to]

    def edges(self, unit: UUID, hierarchy: Hierarchy) -> list[UnitParent]:
        """Under whom a unit lay, in turn."""
        rows = (e for e in self.parents.get(unit, ()) if e.hierarchy == hierarchy)
        return [edge for edge in rows if edge.valid_from < edge.valid_to]

    def stands(self, unit: UUID, day: date) -> bool:
        return any(v.valid_from <= day < v.valid_to for v in self.versions[unit])

    def last_under(self, moved: ParentChange, parents: Set[UUID]) -> list[UUID]:
        """Under which of these parents a unit lay last."""
        edges = self.edges(moved.unit_id, moved.hierarchy)
        return [e.parent_id for e in edges if e.parent_id in parents][-1:]

    def version_of(self, unit: UUID) -> UnitOnDate:
        """A unit as it is, or was last known."""
        v = (self.names_of(unit) or self.versions[unit])[-1]
        return UnitOnDate(unit, v.level, v.name, v.code, v.valid_from, v.valid_to)

    def shift(
        self, pointer: str, unit: UUID, hierarchy: Hierarchy, parent: UnitOnDate | None, begin: date
    ) -> ParentChange:
        """A unit under another parent from a day on, for as long as what was known then holds."""
        edges = self.edges(unit, hierarchy)
        leaves = next((e for e in edges if e.valid_from <= begin < e.valid_to), None)
        later = min((e.valid_from for e in edges if e.valid_from > begin), default=INFINITY)
        end = leaves.valid_to if leaves else later
        return ParentChange(pointer, unit, hierarchy, leaves, parent, begin, end)


@dataclass(frozen=True, slots=True)
class Bound:
    """A row that is to last until another day than it did."""

    id: UUID
    unit_id: UUID
    until: date
    was: date


@dataclass(frozen=True, slots=True)
class RowChanges:
    """The rows that a change of the map writes; whoever undoes it goes by them."""

    units: Sequence[Unit] = ()
    versions: Sequence[UnitVersion] = ()
    parents: Sequence[UnitParent] = ()
    successions: Sequence[UnitSuccession] = ()
    restored: Sequence[UnitSuccession] = ()
    replaced: Sequence[UnitSuccession] = ()
    version_bounds: Sequence[Bound] = ()
    parent_bounds: Sequence[Bound] = ()

    def uprooted_ids(self) -> set[UUID]:
        """Units that may lie elsewhere than before, and with them all that lies below."""
        rows: list[UnitParent | Bound] = [*self.parents, *self.parent_bounds]
        edges = (*self.successions, *self.restored, *self.replaced)
        return self._begin_or_end() | {r.unit_id for r in rows} | {e.from_id for e in edges}

    def _begin_or_end(self) -> set[UUID]:
        """Units with one row that ends or begins; one that is only renamed has both."""
        rows: list[UnitVersion | Bound] = [*self.versions, *self.version_bounds]
        count = Counter(row.unit_id for row in rows)
        return {unit for unit in count if count[unit] == 1}

    def touched_ids(self) -> set[UUID]:
        """Units of which anything is said otherwise than before."""
        rows: list[UnitVersion | Bound] = [*self.versions, *self.version_bounds]
        edges = (*self.successions, *self.restored, *self.replaced)
        return self.uprooted_ids() | {r.unit_id for r in rows} | {e.to_id for e in edges}


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft come down to the rows of the map."""

    words: ResolvedDraft
    ground: MapSnapshot
    shifts: Sequence[ParentChange]
    redrawing: RowChanges
    wrong: list[DraftFault] = field(default_factory=list)

    def closing_ids(self) -> list[UUID]:
        """Units that end; a correction ends none."""
        return [] if self.words.corrects else [ending.unit.id for ending in self.words.endings]

    def moving_ids(self) -> set[UUID]:
        """Units that come under another parent."""
        return {shift.unit_id for shift in self.shifts if shift.parent}

    def unmapped_ids(self) -> list[Unmapped]:
        """Units below a divided one, of which nobody has said where they go."""
        known, divided = self.ground.version_of, {ending.unit.id for ending in self.words.endings}
        return [
            Unmapped(id=s.unit_id, name=known(s.unit_id).name, parent_id=parent,
                     parent=known(parent).name)
            for s in self.shifts if s.parent is None and s.hierarchy is Hierarchy.ADMINISTRATIVE
            for parent in self.ground.last_under(s, divided)
        ]  # fmt: skip

    def hash(self) -> str:
        """The name of this plan: another draft, or another map underneath, gives another one."""
        drawn, counters = self.redrawing, self.ground.counters
        new: list[SQLModel] = [*drawn.versions, *drawn.parents, *drawn.successions]
        return plan_hash([
            self.words.day, self.words.corrects,
            [(unit.id, unit.level) for unit in drawn.units],
            [row.model_dump(exclude={"id"}) for row in new],
            [row.model_dump() for row in drawn.replaced],
            [(b.id, b.until, b.was) for b in (*drawn.version_bounds, *drawn.parent_bounds)],
            sorted((unit, counters.get(unit, 0)) for unit in drawn.touched_ids()),
        ])  # fmt: skip


class CommittedPlan(BaseModel):
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
    def of(cls, drawn: RowChanges) -> "CommittedPlan":
        return cls(
            units=[unit.id for unit in drawn.units],
            touched=sorted(drawn.touched_ids()),
            versions_begun=[version.id for version in drawn.versions],
            versions_ended={bound.id: bound.was for bound in drawn.version_bounds},
            parents_begun=[edge.id for edge in drawn.parents],
            parents_ended={bound.id: bound.was for bound in drawn.parent_bounds},
            successions=[edge.model_dump(mode="json") for edge in drawn.successions],
            replaced=[edge.model_dump(mode="json") for edge in drawn.replaced],
        )

    def stored_successions(self) -> list[UnitSuccession]:
        return [UnitSuccession.model_validate(edge) for edge in self.successions]

    def stored_replaced(self) -> list[UnitSuccession]:
        return [UnitSuccession.model_validate(edge) for edge in self.replaced]
