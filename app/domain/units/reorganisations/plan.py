"""The plan of a change of the map: the snapshot it is based on, the rows that it writes."""

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
    """A unit that gets another parent in one hierarchy, or one without a known parent."""

    pointer: str
    unit_id: UUID
    hierarchy: Hierarchy
    leaves: UnitParent | None
    parent: UnitOnDate | None
    begin: date
    end: date


@dataclass(frozen=True, slots=True)
class MapSnapshot:
    """The rows of the map that a plan is based on, as they are today."""

    versions: Mapping[UUID, Sequence[UnitVersion]]
    parents: Mapping[UUID, Sequence[UnitParent]]
    children: Mapping[UUID, Sequence[UnitParent]]
    successions: Sequence[UnitSuccession]
    holders: Sequence[UnitVersion]
    counters: Mapping[UUID, int]

    def list_versions(self, unit: UUID) -> list[UnitVersion]:
        """Return the versions of a unit in turn, without those void from their first day."""
        return [v for v in self.versions[unit] if v.valid_from < v.valid_to]

    def edges(self, unit: UUID, hierarchy: Hierarchy) -> list[UnitParent]:
        """Return the parents of a unit in turn."""
        rows = (e for e in self.parents.get(unit, ()) if e.hierarchy == hierarchy)
        return [edge for edge in rows if edge.valid_from < edge.valid_to]

    def stands(self, unit: UUID, day: date) -> bool:
        return any(v.valid_from <= day < v.valid_to for v in self.versions[unit])

    def last_under(self, moved: ParentChange, parents: Set[UUID]) -> list[UUID]:
        """Return the last of these parents that a unit had."""
        edges = self.edges(moved.unit_id, moved.hierarchy)
        return [e.parent_id for e in edges if e.parent_id in parents][-1:]

    def version_of(self, unit: UUID) -> UnitOnDate:
        """Return a unit as it is, or as it was last known."""
        v = (self.list_versions(unit) or self.versions[unit])[-1]
        return UnitOnDate(unit, v.level, v.name, v.code, v.valid_from, v.valid_to)

    def change_parent(
        self, pointer: str, unit: UUID, hierarchy: Hierarchy, parent: UnitOnDate | None, begin: date
    ) -> ParentChange:
        """Return the change to another parent from a day on, until the parent known then ends."""
        edges = self.edges(unit, hierarchy)
        leaves = next((e for e in edges if e.valid_from <= begin < e.valid_to), None)
        later = min((e.valid_from for e in edges if e.valid_from > begin), default=INFINITY)
        end = leaves.valid_to if leaves else later
        return ParentChange(pointer, unit, hierarchy, leaves, parent, begin, end)


@dataclass(frozen=True, slots=True)
class Bound:
    """A row that is to last until another day than before."""

    id: UUID
    unit_id: UUID
    until: date
    was: date


@dataclass(frozen=True, slots=True)
class RowChanges:
    """The rows that a change of the map writes; a reversal is built from them."""

    units: Sequence[Unit] = ()
    versions: Sequence[UnitVersion] = ()
    parents: Sequence[UnitParent] = ()
    successions: Sequence[UnitSuccession] = ()
    restored: Sequence[UnitSuccession] = ()
    replaced: Sequence[UnitSuccession] = ()
    version_bounds: Sequence[Bound] = ()
    parent_bounds: Sequence[Bound] = ()

    def uprooted_ids(self) -> set[UUID]:
        """Return the units that may lie elsewhere than before, together with all below them."""
        rows: list[UnitParent | Bound] = [*self.parents, *self.parent_bounds]
        edges = (*self.successions, *self.restored, *self.replaced)
        return self._begin_or_end() | {r.unit_id for r in rows} | {e.from_id for e in edges}

    def _begin_or_end(self) -> set[UUID]:
        """Return units with one row that ends or begins; a unit that is only renamed has both."""
        rows: list[UnitVersion | Bound] = [*self.versions, *self.version_bounds]
        count = Counter(row.unit_id for row in rows)
        return {unit for unit in count if count[unit] == 1}

    def target_ids(self) -> set[UUID]:
        """Return the units into which others went, or go now."""
        return {e.to_id for e in (*self.successions, *self.restored, *self.replaced)}

    def touched_ids(self) -> set[UUID]:
        """Return the units that the change affects in any way."""
        rows: list[UnitVersion | Bound] = [*self.versions, *self.version_bounds]
        edges = (*self.successions, *self.restored, *self.replaced)
        return self.uprooted_ids() | {r.unit_id for r in rows} | {e.to_id for e in edges}


@dataclass(frozen=True, slots=True)
class Plan:
    """A draft with the rows of the map that it changes."""

    draft: ResolvedDraft
    snapshot: MapSnapshot
    parent_changes: Sequence[ParentChange]
    changes: RowChanges
    faults: list[DraftFault] = field(default_factory=list)

    def closing_ids(self) -> list[UUID]:
        """Return the units that end; a correction ends none."""
        return [] if self.draft.corrects else [ending.unit.id for ending in self.draft.endings]

    def moving_ids(self) -> set[UUID]:
        """Return the units that get another parent."""
        return {change.unit_id for change in self.parent_changes if change.parent}

    def unmapped_ids(self) -> list[Unmapped]:
        """Return the units below a divided one whose new parent is not stated."""
        known, divided = self.snapshot.version_of, {ending.unit.id for ending in self.draft.endings}
        return [
            Unmapped(id=s.unit_id, name=known(s.unit_id).name, parent_id=parent,
                     parent=known(parent).name)
            for s in self.parent_changes
            if s.parent is None and s.hierarchy is Hierarchy.ADMINISTRATIVE
            for parent in self.snapshot.last_under(s, divided)
        ]  # fmt: skip

    def hash(self) -> str:
        """Return the hash of this plan; another draft or another map underneath changes it."""
        changes, counters = self.changes, self.snapshot.counters
        new: list[SQLModel] = [*changes.versions, *changes.parents, *changes.successions]
        return plan_hash([
            self.draft.day, self.draft.corrects,
            [(unit.id, unit.level) for unit in changes.units],
            [row.model_dump(exclude={"id"}) for row in new],
            [row.model_dump() for row in changes.replaced],
            [(b.id, b.until, b.was) for b in (*changes.version_bounds, *changes.parent_bounds)],
            sorted((unit, counters.get(unit, 0)) for unit in changes.touched_ids()),
        ])  # fmt: skip


class CommittedPlan(BaseModel):
    """The effects of a commit, stored with it so that it can be reversed."""

    units: list[UUID]
    touched: list[UUID]
    versions_begun: list[UUID]
    versions_ended: dict[UUID, date]
    parents_begun: list[UUID]
    parents_ended: dict[UUID, date]
    successions: list[dict[str, Any]]
    replaced: list[dict[str, Any]]

    @classmethod
    def of(cls, changes: RowChanges) -> "CommittedPlan":
        return cls(
            units=[unit.id for unit in changes.units],
            touched=sorted(changes.touched_ids()),
            versions_begun=[version.id for version in changes.versions],
            versions_ended={bound.id: bound.was for bound in changes.version_bounds},
            parents_begun=[edge.id for edge in changes.parents],
            parents_ended={bound.id: bound.was for bound in changes.parent_bounds},
            successions=[edge.model_dump(mode="json") for edge in changes.successions],
            replaced=[edge.model_dump(mode="json") for edge in changes.replaced],
        )

    def stored_successions(self) -> list[UnitSuccession]:
        return [UnitSuccession.model_validate(edge) for edge in self.successions]

    def stored_replaced(self) -> list[UnitSuccession]:
        return [UnitSuccession.model_validate(edge) for edge in self.replaced]
