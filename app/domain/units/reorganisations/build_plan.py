"""Build a plan: the rows that end and begin on the map when a draft is applied."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from app.db.base import INFINITY
from app.db.tables.units import Hierarchy, Unit, UnitParent, UnitSuccession, UnitVersion
from app.domain.units.kind_words import bare_name, full_name
from app.domain.units.name_keys import keys_of
from app.domain.units.reorganisations.draft import (
    NameChange,
    ResolvedDraft,
    SuccessionEdge,
    UnitStart,
)
from app.domain.units.reorganisations.plan import Bound, MapSnapshot, ParentChange, Plan, RowChanges


def build_plan(draft: ResolvedDraft, snapshot: MapSnapshot) -> Plan:
    """Build the plan of a draft on the map as it is today."""
    parent_changes = [*build_moves(draft, snapshot), *_find_followers(draft, snapshot)]
    ending = [] if draft.corrects else [ending.unit.id for ending in draft.endings]
    names = [_next_version(rename, snapshot, draft.day) for rename in draft.renames]
    changes = RowChanges(
        units=[Unit(id=o.unit.id, level=o.unit.level) for o in draft.openings],
        versions=[*map(_first_version, draft.openings), *names],
        parents=[*_first_parents(draft), *build_new_units(parent_changes)],
        successions=[_succession(edge, draft.day) for edge in draft.edges],
        replaced=find_replaced(draft, snapshot),
        version_bounds=_last_days([*ending, *(v.unit_id for v in names)], snapshot, draft.day),
        parent_bounds=[
            *_bounds_of(ending, snapshot, draft.day),
            *build_ended_units(parent_changes),
        ],
    )
    return Plan(draft, snapshot, parent_changes, changes)


def build_new_units(parent_changes: Sequence[ParentChange]) -> Iterator[UnitParent]:
    for s in parent_changes:
        if s.parent:
            yield UnitParent(
                unit_id=s.unit_id, hierarchy=s.hierarchy, parent_id=s.parent.id,
                valid_from=s.begin, valid_to=s.end,
            )  # fmt: skip


def build_ended_units(parent_changes: Sequence[ParentChange]) -> Iterator[Bound]:
    for s in parent_changes:
        if s.leaves:
            yield Bound(s.leaves.id, s.unit_id, s.begin, s.leaves.valid_to)


def find_replaced(draft: ResolvedDraft, snapshot: MapSnapshot) -> list[UnitSuccession]:
    """Return the successions that a correction replaces: all those of its units on that day."""
    if not draft.corrects:
        return []
    ending = {ending.unit.id for ending in draft.endings}
    edges = (e for e in snapshot.successions if e.effective_on == draft.day)
    return [edge for edge in edges if edge.from_id in ending]


def build_moves(draft: ResolvedDraft, snapshot: MapSnapshot) -> Iterator[ParentChange]:
    """Yield the parent changes that a draft names."""
    for move in draft.moves:
        first = min((v.valid_from for v in snapshot.list_versions(move.unit.id)), default=draft.day)
        begin = max(draft.day, first)
        for hierarchy in move.hierarchies:
            yield snapshot.change_parent(move.pointer, move.unit.id, hierarchy, move.parent, begin)


def _find_followers(draft: ResolvedDraft, snapshot: MapSnapshot) -> Iterator[ParentChange]:
    """Move units below an ended one along where it goes into one unit; else leave them unmapped."""
    settled = {(move.unit.id, h) for move in draft.moves for h in move.hierarchies}
    settled |= {(ending.unit.id, h) for ending in draft.endings for h in Hierarchy}
    successions, before = draft.successions_by_unit(), _targets(find_replaced(draft, snapshot))
    for ending in draft.endings:
        own, followed = successions[ending.unit.id], before.get(ending.unit.id, set())
        for edge in snapshot.children.get(ending.unit.id, ()):
            void = edge.valid_from == edge.valid_to
            if void or not own or (edge.unit_id, edge.hierarchy) in settled:
                continue
            if draft.corrects:
                yield from _reapply_moves(draft, snapshot, edge, own, followed)
            else:
                yield from _move_along(draft, snapshot, edge, own)


def _move_along(
    draft: ResolvedDraft, snapshot: MapSnapshot, edge: UnitParent, successions: list[SuccessionEdge]
) -> Iterator[ParentChange]:
    if edge.valid_to > draft.day:
        yield _follow(snapshot, edge, successions, max(draft.day, edge.valid_from))


def _reapply_moves(
    draft: ResolvedDraft,
    snapshot: MapSnapshot,
    edge: UnitParent,
    successions: list[SuccessionEdge],
    followed: set[UUID],
) -> Iterator[ParentChange]:
    """Move units that followed the old successions; leave those that were moved by name."""
    if edge.valid_to == draft.day and snapshot.stands(edge.unit_id, draft.day):
        found = _follow(snapshot, edge, successions, draft.day)
        follows = {edge.target.id for edge in successions}
        if found.leaves is None or found.leaves.parent_id in followed - follows:
            yield found


def _follow(
    snapshot: MapSnapshot, edge: UnitParent, successions: list[SuccessionEdge], begin: date
) -> ParentChange:
    parent = successions[0].target if len(successions) == 1 else None
    return snapshot.change_parent(
        successions[0].pointer, edge.unit_id, edge.hierarchy, parent, begin
    )


def _targets(edges: Sequence[UnitSuccession]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for edge in edges:
        found.setdefault(edge.from_id, set()).add(edge.to_id)
    return found


def _first_version(opening: UnitStart) -> UnitVersion:
    unit, data = opening.unit, opening.data
    full = data.full_name or full_name(data.kind, unit.name)
    return UnitVersion(
        unit_id=unit.id, level=unit.level, kind=data.kind, code=data.code, name=unit.name,
        full_name=full, **keys_of(unit.name, full),
        valid_from=unit.valid_from, valid_to=unit.valid_to,
    )  # fmt: skip


def _next_version(rename: NameChange, snapshot: MapSnapshot, day: date) -> UnitVersion:
    last, data = snapshot.list_versions(rename.unit.id)[-1], rename.data
    kind = data.kind or last.kind
    name = bare_name(kind, data.name) if data.name else last.name
    same = data.name is None and data.kind is None
    full = data.full_name or (last.full_name if same else full_name(kind, name))
    fields = last.model_dump(exclude={"id"}) | {
        "kind": kind, "code": data.code or last.code, "name": name, "full_name": full,
        **keys_of(name, full, *last.aliases), "valid_from": max(day, last.valid_from),
        "entered_in_id": None,  # for it may lie elsewhere now; `checks` compares its neighbours
    }  # fmt: skip
    return UnitVersion(**fields)


def _first_parents(draft: ResolvedDraft) -> Iterator[UnitParent]:
    for opening in draft.openings:
        for hierarchy in Hierarchy:
            yield UnitParent(
                unit_id=opening.unit.id, hierarchy=hierarchy, parent_id=opening.parent.id,
                valid_from=draft.day, valid_to=INFINITY,
            )  # fmt: skip


def _last_days(units: Sequence[UUID], snapshot: MapSnapshot, day: date) -> list[Bound]:
    last = (snapshot.list_versions(unit)[-1] for unit in units)
    return [Bound(v.id, v.unit_id, max(day, v.valid_from), v.valid_to) for v in last]


def _bounds_of(units: Sequence[UUID], snapshot: MapSnapshot, day: date) -> Iterator[Bound]:
    for unit in units:
        for edge in (e for hierarchy in Hierarchy for e in snapshot.edges(unit, hierarchy)):
            if edge.valid_to > day:
                yield Bound(edge.id, unit, max(day, edge.valid_from), edge.valid_to)


def _succession(edge: SuccessionEdge, day: date) -> UnitSuccession:
    return UnitSuccession(
        from_id=edge.source.id, to_id=edge.target.id, effective_on=day, share=edge.share,
        is_main=edge.is_main, decision=edge.decision,
    )  # fmt: skip
