"""Find the faults of a plan; each points to the part of the draft that causes it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from app.db.base import INFINITY
from app.db.tables.units import UnitLevel
from app.domain.units.errors import CodeTaken
from app.domain.units.queries import UnitOnDate
from app.domain.units.reorganisations import rules
from app.domain.units.reorganisations.draft import DraftFault, NameChange, ResolvedDraft, UnitEnd
from app.domain.units.reorganisations.errors import (
    AlreadyThere,
    ChangedSince,
    LevelDoesNotFit,
    NamedTwice,
    NeedsAParent,
    NotEnded,
    NotYetEffective,
    ParentDoesNotFit,
    SeveralMain,
    SharesExceedOne,
    SuccessorMissing,
    UnitNotStanding,
)
from app.domain.units.reorganisations.plan import MapSnapshot, ParentChange, Plan, RowChanges

Periods = dict[UUID, list[tuple[date, date]]]


def find_faults(plan: Plan, today: date) -> list[DraftFault]:
    """Return everything that prevents a plan from being applied."""
    draft, snapshot = plan.draft, plan.snapshot
    times = _collect_periods(plan.changes, snapshot)
    found = [
        *draft.faults, *_check_duplicates(draft), *_check_levels(draft), *_check_successors(draft),
        *(_check_ended(draft, snapshot) if draft.corrects else _find_later_changes(plan, snapshot)),
        *_check_lasting(draft, times), *_check_parents(plan, times),
        *_check_codes(plan),
    ]  # fmt: skip
    if draft.day > today:
        found.append(DraftFault("/effective_on", NotYetEffective(day=draft.day.isoformat())))
    return found


def _collect_periods(changes: RowChanges, snapshot: MapSnapshot) -> Periods:
    """Return the periods in which each unit exists under the plan."""
    bounds = {bound.id: bound.until for bound in changes.version_bounds}
    times: Periods = {}
    for v in (*(v for rows in snapshot.versions.values() for v in rows), *changes.versions):
        times.setdefault(v.unit_id, []).append((v.valid_from, bounds.get(v.id, v.valid_to)))
    return {unit: sorted(spans) for unit, spans in times.items()}


def _check_parents(plan: Plan, times: Periods) -> Iterator[DraftFault]:
    """Find units whose new parent cannot hold them, or that would have none for good."""
    for s in plan.parent_changes:
        unit = plan.snapshot.version_of(s.unit_id)
        if s.parent is None:
            if _needs_parent(s, plan):
                yield DraftFault(s.pointer, NeedsAParent(name=unit.name, id=str(unit.id)))
        elif s.leaves and s.leaves.parent_id == s.parent.id:
            yield DraftFault(s.pointer, AlreadyThere(name=unit.name, parent=s.parent.name))
        elif not rules.can_hold(s.parent.level, unit.level):
            yield DraftFault(s.pointer, _parent_does_not_fit(unit, s.parent))
        else:
            for one in (s.parent, unit):
                yield from _check_stands(s.pointer, one, s.begin, s.end, times)


def _needs_parent(s: ParentChange, plan: Plan) -> bool:
    """Return whether a unit without a parent would be lost, not listed below the divided one."""
    if s.leaves is None or s.leaves.valid_from < s.begin:
        return False
    divided = {ending.unit.id for ending in plan.draft.endings}
    earlier = [e for e in plan.snapshot.edges(s.unit_id, s.hierarchy) if e.valid_from < s.begin]
    return not (plan.draft.corrects and earlier and earlier[-1].parent_id in divided)


def _check_codes(plan: Plan) -> Iterator[DraftFault]:
    """Find codes that another unit has in the period for which they are wanted."""
    draft, changes = plan.draft, plan.changes
    pointers = {o.unit.id: f"{o.pointer}/code" for o in draft.openings}
    pointers |= {n.unit.id: f"{n.pointer}/code" for n in draft.renames}
    bounds = {bound.id: bound.until for bound in changes.version_bounds}
    held: dict[str, list[tuple[date, date]]] = {}
    for v in (*plan.snapshot.holders, *changes.versions):
        begin, end = v.valid_from, bounds.get(v.id, v.valid_to)
        if v.code is None or begin == end:
            continue
        if any(begin < until and since < end for since, until in held.setdefault(v.code, [])):
            yield DraftFault(pointers.get(v.unit_id, ""), CodeTaken(wanted=v.code))
        held[v.code].append((begin, end))


def _check_duplicates(draft: ResolvedDraft) -> Iterator[DraftFault]:
    """Find contradictions: two moves of one unit, or a move of one that ends."""
    ending = set() if draft.corrects else {ending.unit.id for ending in draft.endings}
    moves = Counter((g.unit.id, h) for g in draft.moves for h in g.hierarchies)
    names = Counter(rename.unit.id for rename in draft.renames)
    pairs = Counter((edge.source.id, edge.target.id) for edge in draft.edges)
    for move in draft.moves:
        if move.unit.id in ending or any(moves[move.unit.id, h] > 1 for h in move.hierarchies):
            yield DraftFault(move.pointer, NamedTwice(name=move.unit.name))
    for rename in draft.renames:
        if rename.unit.id in ending or names[rename.unit.id] > 1:
            yield DraftFault(rename.pointer, NamedTwice(name=rename.unit.name))
    for edge in draft.edges:
        if pairs[edge.source.id, edge.target.id] > 1:
            yield DraftFault(edge.pointer, NamedTwice(name=edge.source.name))


def _check_levels(draft: ResolvedDraft) -> Iterator[DraftFault]:
    for o in draft.openings:
        if not rules.can_hold(o.parent.level, o.unit.level):
            yield DraftFault(f"{o.pointer}/parent", _parent_does_not_fit(o.unit, o.parent))
    for edge in draft.edges:
        if not rules.can_succeed(edge.source.level, edge.target.level):
            yield DraftFault(
                edge.pointer, _level_does_not_fit(edge.source, edge.target.name, edge.target.level)
            )
    for rename in draft.renames:
        level = rules.LEVEL_OF[rename.data.kind] if rename.data.kind else rename.unit.level
        if level is not rename.unit.level:
            yield DraftFault(
                rename.pointer, _level_does_not_fit(rename.unit, str(rename.data.kind), level)
            )


def _check_successors(draft: ResolvedDraft) -> Iterator[DraftFault]:
    successions = draft.successions_by_unit()
    for ending in draft.endings:
        edges, name = successions[ending.unit.id], ending.unit.name
        whole = sum((edge.share or Decimal(0) for edge in edges), Decimal(0))
        if not edges:
            yield DraftFault(ending.pointer, SuccessorMissing(name=name))
        if whole > 1:
            yield DraftFault(
                f"{edges[0].pointer}/share", SharesExceedOne(name=name, sum=str(whole))
            )
        if sum(edge.is_main for edge in edges) > 1:
            yield DraftFault(f"{edges[0].pointer}/is_main", SeveralMain(name=name))


def _find_later_changes(plan: Plan, snapshot: MapSnapshot) -> Iterator[DraftFault]:
    """Find later changes that conflict with an earlier effective day."""
    day = plan.draft.day
    parts: list[UnitEnd | NameChange] = [*plan.draft.endings, *plan.draft.renames]
    for part in parts:
        last = snapshot.list_versions(part.unit.id)[-1]
        if last.valid_from > day or last.valid_to < INFINITY:
            yield DraftFault(part.pointer, ChangedSince(name=part.unit.name, day=day.isoformat()))
    moved = {move.unit.id for move in plan.draft.moves}
    for s in plan.parent_changes:
        if s.unit_id in moved and s.end < INFINITY:
            name = snapshot.version_of(s.unit_id).name
            yield DraftFault(s.pointer, ChangedSince(name=name, day=day.isoformat()))


def _check_ended(draft: ResolvedDraft, snapshot: MapSnapshot) -> Iterator[DraftFault]:
    for ending in draft.endings:
        if snapshot.stands(ending.unit.id, draft.day):
            error = NotEnded(name=ending.unit.name, day=draft.day.isoformat())
            yield DraftFault(ending.pointer, error)


def _check_lasting(draft: ResolvedDraft, times: Periods) -> Iterator[DraftFault]:
    """Check that successors and parents exist on the day, and have not ended since."""
    for edge in draft.edges:
        end = draft.day + timedelta(days=1) if draft.corrects else INFINITY
        yield from _check_stands(edge.pointer, edge.target, draft.day, end, times)
    for o in draft.openings:
        yield from _check_stands(o.pointer, o.parent, draft.day, INFINITY, times)


def _check_stands(
    pointer: str, unit: UnitOnDate, begin: date, end: date, times: Periods
) -> Iterator[DraftFault]:
    """Check that a unit exists under the plan from one day until another."""
    reached = begin
    for since, until in times.get(unit.id, ()):
        if since <= reached < until:
            reached = until
    if reached < end and unit.id in times:  # else a new unit, whose fault is reported already
        yield DraftFault(pointer, UnitNotStanding(name=unit.name, day=reached.isoformat()))


def _parent_does_not_fit(unit: UnitOnDate, parent: UnitOnDate) -> ParentDoesNotFit:
    return ParentDoesNotFit(
        name=unit.name, level=unit.level.value,
        parent=parent.name, parent_level=parent.level.value,
    )  # fmt: skip


def _level_does_not_fit(unit: UnitOnDate, other: str, level: UnitLevel) -> LevelDoesNotFit:
    return LevelDoesNotFit(
        name=unit.name, level=unit.level.value, other=other, other_level=level.value
    )
