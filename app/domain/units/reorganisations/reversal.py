"""How a change of the map is undone: what it ended goes on, what it began ends and finds home."""

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
    done: CommittedPlan, since: date, words: ResolvedDraft, ground: MapSnapshot
) -> Plan:
    """Undo what took effect on the day `since`; undone on that same day, it never was."""
    never, day = words.day == since, words.day
    heirs = _heirs(done, ground)
    shifts = [*build_moves(words, ground), *_find_followers(heirs, done, words, ground)]
    named, under = _by_id(ground.versions), _by_id(ground.parents)
    versions, names_end = _reverse_rows(named, done.versions_begun, done.versions_ended, day)
    parents, parents_end = _reverse_rows(under, done.parents_begun, done.parents_ended, day)
    drawn = RowChanges(
        versions=versions,
        parents=[*parents, *build_new_units(shifts)],
        successions=list(_ways_home(heirs, day)),
        restored=done.stored_replaced() if never else [],
        replaced=done.stored_successions() if never else [],
        version_bounds=names_end,
        parent_bounds=[*parents_end, *build_ended_units(shifts)],
    )
    wrong = [
        *_twice(done, words, under),
        *(() if never else _find_orphans(done, words, ground, under)),
    ]
    return Plan(words, ground, shifts, drawn, wrong)


def _twice(
    done: CommittedPlan, words: ResolvedDraft, under: Mapping[UUID, UnitParent]
) -> Iterator[DraftFault]:
    """Moves of what goes back of itself to where it was."""
    settled = {under[id].unit_id for id in done.parents_ended}
    for going in words.goings:
        if going.unit.id in settled:
            yield DraftFault(going.pointer, NamedTwice(name=going.unit.name))


def _find_orphans(
    done: CommittedPlan, words: ResolvedDraft, ground: MapSnapshot, under: Mapping[UUID, UnitParent]
) -> Iterator[DraftFault]:
    """What had no parent before it was given one, and would have none again: none is known then."""
    settled = {(under[id].unit_id, under[id].hierarchy) for id in done.parents_ended}
    settled |= {(going.unit.id, h) for going in words.goings for h in going.hierarchies}
    for edge in (under[id] for id in done.parents_begun):
        if edge.unit_id not in done.units and (edge.unit_id, edge.hierarchy) not in settled:
            lost = ground.version_of(edge.unit_id)
            yield DraftFault("", NeedsAParent(name=lost.name, id=str(lost.id)))


def _by_id(rows: Mapping[UUID, Sequence[Dated]]) -> dict[UUID, Dated]:
    return {row.id: row for some in rows.values() for row in some}


def _reverse_rows(
    rows: Mapping[UUID, Dated], begun: Sequence[UUID], ended: Mapping[UUID, date], day: date
) -> tuple[list[Dated], list[Bound]]:
    """Rows that go on, and until when others last: those that began end, those that ended go on."""
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


def _heirs(done: CommittedPlan, ground: MapSnapshot) -> dict[UUID, list[UnitOnDate]]:
    """Where the ground of each new unit goes: to what it was made of, else to its parent."""
    made_of: dict[UUID, list[UUID]] = {}
    for edge in done.stored_successions():
        made_of.setdefault(edge.to_id, []).append(edge.from_id)
    made, homes = set(done.units), {}
    for unit in done.units:
        source = unit
        while source in made and source not in made_of:
            source = ground.edges(source, Hierarchy.ADMINISTRATIVE)[0].parent_id
        homes[unit] = [ground.version_of(home) for home in made_of.get(source, [source])]
    return homes


def _ways_home(heirs: Mapping[UUID, Sequence[UnitOnDate]], day: date) -> Iterator[UnitSuccession]:
    """What was recorded meanwhile for a unit that was made finds home by these."""
    for unit, homes in heirs.items():
        alone = len(homes) == 1
        for home in homes:
            yield UnitSuccession(
                from_id=unit, to_id=home.id, effective_on=day,
                share=Decimal(1) if alone else None, is_main=alone,
            )  # fmt: skip


def _find_followers(
    heirs: Mapping[UUID, Sequence[UnitOnDate]],
    done: CommittedPlan,
    words: ResolvedDraft,
    ground: MapSnapshot,
) -> Iterator[ParentChange]:
    """What has come to lie under the units that were made, since they were."""
    settled = {(going.unit.id, h) for going in words.goings for h in going.hierarchies}
    made = set(done.parents_begun)
    for unit, homes in heirs.items():
        for edge in ground.children.get(unit, ()):
            lasts = edge.valid_from < edge.valid_to and edge.valid_to > words.day
            if lasts and edge.id not in made and (edge.unit_id, edge.hierarchy) not in settled:
                begin = max(words.day, edge.valid_from)
                home = _home(edge, begin, homes, ground)
                yield ground.shift("", edge.unit_id, edge.hierarchy, home, begin)


def _home(
    edge: UnitParent, begin: date, homes: Sequence[UnitOnDate], ground: MapSnapshot
) -> UnitOnDate | None:
    """The one place it can go to, or the one of several that it came from."""
    level = ground.version_of(edge.unit_id).level
    fit = [home for home in homes if rules.can_hold(home.level, level)]
    before = {
        e.parent_id for e in ground.edges(edge.unit_id, edge.hierarchy) if e.valid_to == begin
    }
    came_from = [home for home in fit if home.id in before]
    return next(iter(came_from if len(fit) > 1 else fit), None)
