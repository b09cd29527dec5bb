"""Reverse a change of the map: resume the rows that it ended, end those that it began."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from app.db.tables.units import Hierarchy, UnitParent, UnitSuccession, UnitVersion
from app.domain.units.queries import UnitOnDate
from app.domain.units.reorganisations import rules
from app.domain.units.reorganisations.build_plan import (
    build_ended_units,
    build_moves,
    build_new_units,
)
from app.domain.units.reorganisations.draft import DraftFault, ResolvedDraft
from app.domain.units.reorganisations.errors import NamedTwice, NeedsAParent
from app.domain.units.reorganisations.plan import (
    Bound,
    CommittedPlan,
    MapSnapshot,
    ParentChange,
    Plan,
    RowChanges,
)

Dated = TypeVar("Dated", UnitVersion, UnitParent)


def reverse_plan(
    done: CommittedPlan, since: date, draft: ResolvedDraft, snapshot: MapSnapshot
) -> Plan:
    """Reverse a change effective on `since`; on that same day it is undone from its start."""
    never, day = draft.day == since, draft.day
    successors = _find_successors(done, snapshot)
    parent_changes = [
        *build_moves(draft, snapshot),
        *_find_followers(successors, done, draft, snapshot),
    ]
    named, under = _by_id(snapshot.versions), _by_id(snapshot.parents)
    versions, names_end = _reverse_rows(named, done.versions_begun, done.versions_ended, day)
    parents, parents_end = _reverse_rows(under, done.parents_begun, done.parents_ended, day)
    changes = RowChanges(
        versions=versions,
        parents=[*parents, *build_new_units(parent_changes)],
        successions=list(_build_return_successions(successors, day)),
        restored=done.stored_replaced() if never else [],
        replaced=done.stored_successions() if never else [],
        version_bounds=names_end,
        parent_bounds=[*parents_end, *build_ended_units(parent_changes)],
    )
    faults = [
        *_check_duplicates(done, draft, under),
        *(() if never else _find_orphans(done, draft, snapshot, under)),
    ]
    return Plan(draft, snapshot, parent_changes, changes, faults)


def _check_duplicates(
    done: CommittedPlan, draft: ResolvedDraft, under: Mapping[UUID, UnitParent]
) -> Iterator[DraftFault]:
    """Find moves of units that the reversal moves back anyway."""
    settled = {under[id].unit_id for id in done.parents_ended}
    for move in draft.moves:
        if move.unit.id in settled:
            yield DraftFault(move.pointer, NamedTwice(name=move.unit.name))


def _find_orphans(
    done: CommittedPlan,
    draft: ResolvedDraft,
    snapshot: MapSnapshot,
    under: Mapping[UUID, UnitParent],
) -> Iterator[DraftFault]:
    """Find units that had no parent before the change and would have none again."""
    settled = {(under[id].unit_id, under[id].hierarchy) for id in done.parents_ended}
    settled |= {(move.unit.id, h) for move in draft.moves for h in move.hierarchies}
    for edge in (under[id] for id in done.parents_begun):
        if edge.unit_id not in done.units and (edge.unit_id, edge.hierarchy) not in settled:
            lost = snapshot.version_of(edge.unit_id)
            yield DraftFault("", NeedsAParent(name=lost.name, id=str(lost.id)))


def _by_id(rows: Mapping[UUID, Sequence[Dated]]) -> dict[UUID, Dated]:
    return {row.id: row for some in rows.values() for row in some}


def _reverse_rows(
    rows: Mapping[UUID, Dated], begun: Sequence[UUID], ended: Mapping[UUID, date], day: date
) -> tuple[list[Dated], list[Bound]]:
    """Return the rows that resume, and the new bounds: begun rows end, ended rows last on."""
    going_on: list[Dated] = []
    bounds: list[Bound] = []
    for row in (rows[id] for id in begun):
        until = min(row.valid_to, max(day, row.valid_from))
        bounds.append(Bound(row.id, row.unit_id, until, row.valid_to))
    for id, was in ended.items():
        row = rows[id]
        if row.valid_to >= day:
            bounds.append(Bound(id, row.unit_id, was, row.valid_to))
        elif was > day:
            again = row.model_dump(exclude={"id"}) | {"valid_from": day, "valid_to": was}
            going_on.append(type(row)(**again))
    return going_on, bounds


def _find_successors(done: CommittedPlan, snapshot: MapSnapshot) -> dict[UUID, list[UnitOnDate]]:
    """Return the successors of each new unit: its sources, or else its parent."""
    made_of: dict[UUID, list[UUID]] = {}
    for edge in done.stored_successions():
        made_of.setdefault(edge.to_id, []).append(edge.from_id)
    made, targets = set(done.units), {}
    for unit in done.units:
        source = unit
        while source in made and source not in made_of:
            source = snapshot.edges(source, Hierarchy.ADMINISTRATIVE)[0].parent_id
        targets[unit] = [snapshot.version_of(target) for target in made_of.get(source, [source])]
    return targets


def _build_return_successions(
    successors: Mapping[UUID, Sequence[UnitOnDate]], day: date
) -> Iterator[UnitSuccession]:
    """Yield successions that map records of a reversed unit to its successors."""
    for unit, targets in successors.items():
        alone = len(targets) == 1
        for target in targets:
            yield UnitSuccession(
                from_id=unit, to_id=target.id, effective_on=day,
                share=Decimal(1) if alone else None, is_main=alone,
            )  # fmt: skip


def _find_followers(
    successors: Mapping[UUID, Sequence[UnitOnDate]],
    done: CommittedPlan,
    draft: ResolvedDraft,
    snapshot: MapSnapshot,
) -> Iterator[ParentChange]:
    """Move units that have come below the new units since the change."""
    settled = {(move.unit.id, h) for move in draft.moves for h in move.hierarchies}
    made = set(done.parents_begun)
    for unit, targets in successors.items():
        for edge in snapshot.children.get(unit, ()):
            lasts = edge.valid_from < edge.valid_to and edge.valid_to > draft.day
            if lasts and edge.id not in made and (edge.unit_id, edge.hierarchy) not in settled:
                begin = max(draft.day, edge.valid_from)
                target = _choose_parent(edge, begin, targets, snapshot)
                yield snapshot.change_parent("", edge.unit_id, edge.hierarchy, target, begin)


def _choose_parent(
    edge: UnitParent, begin: date, targets: Sequence[UnitOnDate], snapshot: MapSnapshot
) -> UnitOnDate | None:
    """Return the only unit that can hold it, or the one of several that it came from."""
    level = snapshot.version_of(edge.unit_id).level
    fit = [target for target in targets if rules.can_hold(target.level, level)]
    before = {
        e.parent_id for e in snapshot.edges(edge.unit_id, edge.hierarchy) if e.valid_to == begin
    }
    came_from = [target for target in fit if target.id in before]
    return next(iter(came_from if len(fit) > 1 else fit), None)
