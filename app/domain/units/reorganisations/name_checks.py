"""Find names that a plan gives although a neighbour of the same kind has them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db.base import INFINITY
from app.db.tables.units import Hierarchy, UnitKind
from app.domain.records.errors import NameTaken
from app.domain.units.reorganisations.draft import DraftFault
from app.domain.units.reorganisations.plan import Plan


@dataclass(frozen=True, slots=True)
class Namesake:
    """A unit with a name that a plan gives, and its parent."""

    unit_id: UUID
    parent_id: UUID
    kind: UnitKind
    name_key: str


def find_taken_names(plan: Plan, namesakes: Sequence[Namesake]) -> Iterator[DraftFault]:
    """Find new and changed names that a unit of this kind has in the same place."""
    draft, parents = plan.draft, _find_parents(plan)
    pointers = {o.unit.id: f"{o.pointer}/name" for o in draft.openings}
    pointers |= {n.unit.id: n.pointer for n in draft.renames}
    leaving = {*plan.closing_ids(), *pointers, *plan.moving_ids()}
    seen = {
        (one.parent_id, one.kind, one.name_key)
        for one in namesakes
        if one.unit_id not in leaving
    }  # fmt: skip
    for version in plan.changes.versions:
        name = parents.get(version.unit_id), version.kind, version.name_key
        if name in seen:
            yield DraftFault(pointers.get(version.unit_id, ""), NameTaken(name=version.full_name))
        seen.add(name)  # type: ignore[arg-type]


def _find_parents(plan: Plan) -> dict[UUID, UUID]:
    """Return the last parent of each unit that gets a name, under the plan."""
    renamed = [rename.unit.id for rename in plan.draft.renames]
    found = {
        unit: edges[-1].parent_id
        for unit in renamed
        if (edges := plan.snapshot.edges(unit, Hierarchy.ADMINISTRATIVE))
    }  # fmt: skip
    begun = (e for e in plan.changes.parents if e.hierarchy == Hierarchy.ADMINISTRATIVE)
    return found | {edge.unit_id: edge.parent_id for edge in begun if edge.valid_to == INFINITY}
