"""What can be wrong with a plan; each fault is told with the word that it lies in."""

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

Times = dict[UUID, list[tuple[date, date]]]


def find_faults(plan: Plan, today: date) -> list[DraftFault]:
    """All that keeps a plan from being carried out."""
    words, ground = plan.words, plan.ground
    times = _times(plan.redrawing, ground)
    found = [
        *words.wrong, *_twice(words), *_levels(words), *_successors(words),
        *(_not_ended(words, ground) if words.corrects else _find_later_changes(plan, ground)),
        *_find_lasting(words, times), *_parents(plan, times),
        *_codes(plan),
    ]  # fmt: skip
    if words.day > today:
        found.append(DraftFault("/effective_on", NotYetEffective(day=words.day.isoformat())))
    return found


def _times(drawn: RowChanges, ground: MapSnapshot) -> Times:
    """When each unit stands, as the plan leaves it."""
    bounds = {bound.id: bound.until for bound in drawn.version_bounds}
    times: Times = {}
    for v in (*(v for rows in ground.versions.values() for v in rows), *drawn.versions):
        times.setdefault(v.unit_id, []).append((v.valid_from, bounds.get(v.id, v.valid_to)))
    return {unit: sorted(spans) for unit, spans in times.items()}


def _parents(plan: Plan, times: Times) -> Iterator[DraftFault]:
    """Units that would come under a parent that cannot hold them, or under none for good."""
    for s in plan.shifts:
        unit = plan.ground.version_of(s.unit_id)
        if s.parent is None:
            if _find_astray(s, plan):
                yield DraftFault(s.pointer, NeedsAParent(name=unit.name, id=str(unit.id)))
        elif s.leaves and s.leaves.parent_id == s.parent.id:
            yield DraftFault(s.pointer, AlreadyThere(name=unit.name, parent=s.parent.name))
        elif not rules.can_hold(s.parent.level, unit.level):
            yield DraftFault(s.pointer, _unfit(unit, s.parent))
        else:
            for one in (s.parent, unit):
                yield from _stands(s.pointer, one, s.begin, s.end, times)


def _find_astray(s: ParentChange, plan: Plan) -> bool:
    """Whether a unit without a parent would be looked for elsewhere than under the divided one."""
    if s.leaves is None or s.leaves.valid_from < s.begin:
        return False
    divided = {ending.unit.id for ending in plan.words.endings}
    earlier = [e for e in plan.ground.edges(s.unit_id, s.hierarchy) if e.valid_from < s.begin]
    return not (plan.words.corrects and earlier and earlier[-1].parent_id in divided)


def _codes(plan: Plan) -> Iterator[DraftFault]:
    """Codes that another unit goes by in the time for which they are wanted."""
    words, drawn = plan.words, plan.redrawing
    pointers = {o.unit.id: f"{o.pointer}/code" for o in words.openings}
    pointers |= {n.unit.id: f"{n.pointer}/code" for n in words.namings}
    bounds = {bound.id: bound.until for bound in drawn.version_bounds}
    held: dict[str, list[tuple[date, date]]] = {}
    for v in (*plan.ground.holders, *drawn.versions):
        begin, end = v.valid_from, bounds.get(v.id, v.valid_to)
        if v.code is None or begin == end:
            continue
        if any(begin < until and since < end for since, until in held.setdefault(v.code, [])):
            yield DraftFault(pointers.get(v.unit_id, ""), CodeTaken(wanted=v.code))
        held[v.code].append((begin, end))


def _twice(words: ResolvedDraft) -> Iterator[DraftFault]:
    """Words that exclude each other: two moves of one unit, or a move of one that ends."""
    ending = set() if words.corrects else {ending.unit.id for ending in words.endings}
    moves = Counter((g.unit.id, h) for g in words.goings for h in g.hierarchies)
    names = Counter(naming.unit.id for naming in words.namings)
    pairs = Counter((edge.source.id, edge.target.id) for edge in words.edges)
    for going in words.goings:
        if going.unit.id in ending or any(moves[going.unit.id, h] > 1 for h in going.hierarchies):
            yield DraftFault(going.pointer, NamedTwice(name=going.unit.name))
    for naming in words.namings:
        if naming.unit.id in ending or names[naming.unit.id] > 1:
            yield DraftFault(naming.pointer, NamedTwice(name=naming.unit.name))
    for edge in words.edges:
        if pairs[edge.source.id, edge.target.id] > 1:
            yield DraftFault(edge.pointer, NamedTwice(name=edge.source.name))


def _levels(words: ResolvedDraft) -> Iterator[DraftFault]:
    for o in words.openings:
        if not rules.can_hold(o.parent.level, o.unit.level):
            yield DraftFault(f"{o.pointer}/parent", _unfit(o.unit, o.parent))
    for edge in words.edges:
        if not rules.can_succeed(edge.source.level, edge.target.level):
            yield DraftFault(edge.pointer, _other(edge.source, edge.target.name, edge.target.level))
    for naming in words.namings:
        level = rules.LEVEL_OF[naming.said.kind] if naming.said.kind else naming.unit.level
        if level is not naming.unit.level:
            yield DraftFault(naming.pointer, _other(naming.unit, str(naming.said.kind), level))


def _successors(words: ResolvedDraft) -> Iterator[DraftFault]:
    heirs = words.heirs()
    for ending in words.endings:
        edges, name = heirs[ending.unit.id], ending.unit.name
        whole = sum((edge.share or Decimal(0) for edge in edges), Decimal(0))
        if not edges:
            yield DraftFault(ending.pointer, SuccessorMissing(name=name))
        if whole > 1:
            yield DraftFault(
                f"{edges[0].pointer}/share", SharesExceedOne(name=name, sum=str(whole))
            )
        if sum(edge.is_main for edge in edges) > 1:
            yield DraftFault(f"{edges[0].pointer}/is_main", SeveralMain(name=name))


def _find_later_changes(plan: Plan, ground: MapSnapshot) -> Iterator[DraftFault]:
    """What happened on a later day already stands in the way of what is to happen before it."""
    day = plan.words.day
    said: list[UnitEnd | NameChange] = [*plan.words.endings, *plan.words.namings]
    for word in said:
        last = ground.names_of(word.unit.id)[-1]
        if last.valid_from > day or last.valid_to < INFINITY:
            yield DraftFault(word.pointer, ChangedSince(name=word.unit.name, day=day.isoformat()))
    moved = {going.unit.id for going in plan.words.goings}
    for s in plan.shifts:
        if s.unit_id in moved and s.end < INFINITY:
            name = ground.version_of(s.unit_id).name
            yield DraftFault(s.pointer, ChangedSince(name=name, day=day.isoformat()))


def _not_ended(words: ResolvedDraft, ground: MapSnapshot) -> Iterator[DraftFault]:
    for ending in words.endings:
        if ground.stands(ending.unit.id, words.day):
            told = NotEnded(name=ending.unit.name, day=words.day.isoformat())
            yield DraftFault(ending.pointer, told)


def _find_lasting(words: ResolvedDraft, times: Times) -> Iterator[DraftFault]:
    """Units that something goes into must be there for it, and must not have ended since."""
    for edge in words.edges:
        end = words.day + timedelta(days=1) if words.corrects else INFINITY
        yield from _stands(edge.pointer, edge.target, words.day, end, times)
    for o in words.openings:
        yield from _stands(o.pointer, o.parent, words.day, INFINITY, times)


def _stands(
    pointer: str, unit: UnitOnDate, begin: date, end: date, times: Times
) -> Iterator[DraftFault]:
    """Whether a unit stands, as the plan leaves it, from one day until another."""
    reached = begin
    for since, until in times.get(unit.id, ()):
        if since <= reached < until:
            reached = until
    if reached < end and unit.id in times:  # else a new one, of which the fault is told already
        yield DraftFault(pointer, UnitNotStanding(name=unit.name, day=reached.isoformat()))


def _unfit(unit: UnitOnDate, parent: UnitOnDate) -> ParentDoesNotFit:
    return ParentDoesNotFit(
        name=unit.name, level=unit.level.value,
        parent=parent.name, parent_level=parent.level.value,
    )  # fmt: skip


def _other(unit: UnitOnDate, other: str, level: UnitLevel) -> LevelDoesNotFit:
    return LevelDoesNotFit(
        name=unit.name, level=unit.level.value, other=other, other_level=level.value
    )
