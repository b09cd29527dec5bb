"""How words become rows: what ends and begins on the map when a draft is carried out."""

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from app.db.base import INFINITY
from app.db.tables.units import Hierarchy, Unit, UnitParent, UnitSuccession, UnitVersion
from app.db.vietnamese import search_key, sort_key
from app.domain.units.reorganisations import rules
from app.domain.units.reorganisations.draft import (
    NameChange,
    ResolvedDraft,
    SuccessionEdge,
    UnitStart,
)
from app.domain.units.reorganisations.plan import Bound, MapSnapshot, ParentChange, Plan, RowChanges


def build_plan(words: ResolvedDraft, ground: MapSnapshot) -> Plan:
    """What a draft comes to on the map as it is today."""
    shifts = [*build_moves(words, ground), *_find_followers(words, ground)]
    ending = [] if words.corrects else [ending.unit.id for ending in words.endings]
    names = [_next_version(naming, ground, words.day) for naming in words.namings]
    drawn = RowChanges(
        units=[Unit(id=o.unit.id, level=o.unit.level) for o in words.openings],
        versions=[*map(_first_version, words.openings), *names],
        parents=[*_first_parents(words), *build_new_units(shifts)],
        successions=[_succession(edge, words.day) for edge in words.edges],
        replaced=find_replaced(words, ground),
        version_bounds=_last_days([*ending, *(v.unit_id for v in names)], ground, words.day),
        parent_bounds=[*_bounds_of(ending, ground, words.day), *build_ended_units(shifts)],
    )
    return Plan(words, ground, shifts, drawn)


def build_new_units(shifts: Sequence[ParentChange]) -> Iterator[UnitParent]:
    for s in shifts:
        if s.parent:
            yield UnitParent(
                unit_id=s.unit_id, hierarchy=s.hierarchy, parent_id=s.parent.id,
                valid_from=s.begin, valid_to=s.end,
            )  # fmt: skip


def build_ended_units(shifts: Sequence[ParentChange]) -> Iterator[Bound]:
    for s in shifts:
        if s.leaves:
            yield Bound(s.leaves.id, s.unit_id, s.begin, s.leaves.valid_to)


def find_replaced(words: ResolvedDraft, ground: MapSnapshot) -> list[UnitSuccession]:
    """What a correction puts aside: all that was known to have become of its units on that day."""
    if not words.corrects:
        return []
    ending = {ending.unit.id for ending in words.endings}
    edges = (e for e in ground.successions if e.effective_on == words.day)
    return [edge for edge in edges if edge.from_id in ending]


def build_moves(words: ResolvedDraft, ground: MapSnapshot) -> Iterator[ParentChange]:
    """The moves that a draft names."""
    for going in words.goings:
        first = min((v.valid_from for v in ground.names_of(going.unit.id)), default=words.day)
        begin = max(words.day, first)
        for hierarchy in going.hierarchies:
            yield ground.shift(going.pointer, going.unit.id, hierarchy, going.parent, begin)


def _find_followers(words: ResolvedDraft, ground: MapSnapshot) -> Iterator[ParentChange]:
    """What lies under units that end goes along where all goes into one, else nobody knows."""
    settled = {(going.unit.id, h) for going in words.goings for h in going.hierarchies}
    settled |= {(ending.unit.id, h) for ending in words.endings for h in Hierarchy}
    heirs, before = words.heirs(), _targets(find_replaced(words, ground))
    for ending in words.endings:
        mine, followed = heirs[ending.unit.id], before.get(ending.unit.id, set())
        for edge in ground.children.get(ending.unit.id, ()):
            void = edge.valid_from == edge.valid_to
            if void or not mine or (edge.unit_id, edge.hierarchy) in settled:
                continue
            if words.corrects:
                yield from _reapply_moves(words, ground, edge, mine, followed)
            else:
                yield from _move_along(words, ground, edge, mine)


def _move_along(
    words: ResolvedDraft, ground: MapSnapshot, edge: UnitParent, heirs: list[SuccessionEdge]
) -> Iterator[ParentChange]:
    if edge.valid_to > words.day:
        yield _follow(ground, edge, heirs, max(words.day, edge.valid_from))


def _reapply_moves(
    words: ResolvedDraft,
    ground: MapSnapshot,
    edge: UnitParent,
    heirs: list[SuccessionEdge],
    followed: set[UUID],
) -> Iterator[ParentChange]:
    """What followed by the old word follows by the new one; what was moved by name stays."""
    if edge.valid_to == words.day and ground.stands(edge.unit_id, words.day):
        found = _follow(ground, edge, heirs, words.day)
        follows = {heir.target.id for heir in heirs}
        if found.leaves is None or found.leaves.parent_id in followed - follows:
            yield found


def _follow(
    ground: MapSnapshot, edge: UnitParent, heirs: list[SuccessionEdge], begin: date
) -> ParentChange:
    parent = heirs[0].target if len(heirs) == 1 else None
    return ground.shift(heirs[0].pointer, edge.unit_id, edge.hierarchy, parent, begin)


def _targets(edges: Sequence[UnitSuccession]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = {}
    for edge in edges:
        found.setdefault(edge.from_id, set()).add(edge.to_id)
    return found


def _first_version(opening: UnitStart) -> UnitVersion:
    unit, said = opening.unit, opening.said
    full = said.full_name or rules.full_name(said.kind, said.name)
    return UnitVersion(
        unit_id=unit.id, level=unit.level, kind=said.kind, code=said.code, name=said.name,
        full_name=full, sort_key=sort_key(said.name), search_key=search_key(said.name, full),
        valid_from=unit.valid_from, valid_to=unit.valid_to,
    )  # fmt: skip


def _next_version(naming: NameChange, ground: MapSnapshot, day: date) -> UnitVersion:
    last, said = ground.names_of(naming.unit.id)[-1], naming.said
    name, kind = said.name or last.name, said.kind or last.kind
    same = said.name is None and said.kind is None
    full = said.full_name or (last.full_name if same else rules.full_name(kind, name))
    fields = last.model_dump(exclude={"id"}) | {
        "kind": kind, "code": said.code or last.code, "name": name, "full_name": full,
        "sort_key": sort_key(name), "search_key": search_key(name, full, *last.aliases),
        "valid_from": max(day, last.valid_from),
    }  # fmt: skip
    return UnitVersion(**fields)


def _first_parents(words: ResolvedDraft) -> Iterator[UnitParent]:
    for opening in words.openings:
        for hierarchy in Hierarchy:
            yield UnitParent(
                unit_id=opening.unit.id, hierarchy=hierarchy, parent_id=opening.parent.id,
                valid_from=words.day, valid_to=INFINITY,
            )  # fmt: skip


def _last_days(units: Sequence[UUID], ground: MapSnapshot, day: date) -> list[Bound]:
    last = (ground.names_of(unit)[-1] for unit in units)
    return [Bound(v.id, v.unit_id, max(day, v.valid_from), v.valid_to) for v in last]


def _bounds_of(units: Sequence[UUID], ground: MapSnapshot, day: date) -> Iterator[Bound]:
    for unit in units:
        for edge in (e for hierarchy in Hierarchy for e in ground.edges(unit, hierarchy)):
            if edge.valid_to > day:
                yield Bound(edge.id, unit, max(day, edge.valid_from), edge.valid_to)


def _succession(edge: SuccessionEdge, day: date) -> UnitSuccession:
    return UnitSuccession(
        from_id=edge.source.id, to_id=edge.target.id, effective_on=day, share=edge.share,
        is_main=edge.is_main, decision=edge.decision,
    )  # fmt: skip
