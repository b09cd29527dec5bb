"""Create villages: one, or many from a table."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db.base import INFINITY
from app.db.session import Session
from app.db.tables.units import Hierarchy, Unit, UnitKind, UnitLevel, UnitParent, UnitVersion
from app.db.vietnamese import name_key
from app.domain.actor import Actor, Permission, operation
from app.domain.errors import DomainError
from app.domain.records import service as records
from app.domain.records.kit import store
from app.domain.records.map_locks import lock_named
from app.domain.records.service import Change
from app.domain.units import queries, rules
from app.domain.units.errors import (
    CodeTaken,
    NotBegun,
    ParentNotACommune,
    UnitNotFound,
    VillageExists,
)
from app.domain.units.kind_words import full_name
from app.domain.units.name_keys import keys_of
from app.domain.units.schemas import VillageCreate
from app.domain.units.service import unit_closed
from app.domain.units.shape import today

Refusals = dict[int, DomainError]
MAX_AT_ONCE = 25  # villages written without a pause: no file holds other requests up


@dataclass(slots=True)
class CheckedVillages:
    """Villages to be created, with their communes."""

    wanted: Sequence[tuple[VillageCreate, date]]
    parents: Mapping[tuple[str, date], queries.UnitOnDate]
    own: set[UUID]
    names: set[tuple[UUID, str, str]]
    codes: set[str]

    def parent(self, number: int) -> queries.UnitOnDate:
        data, day = self.wanted[number]
        return self.parents[data.parent, day]


@operation(Permission.UNIT_CREATE)
async def create_village(session: Session, actor: Actor, data: VillageCreate) -> UUID:
    """Create a village below a commune of your own."""
    return (await record_villages(session, actor, [data]))[0]


@operation(Permission.UNIT_CREATE)
async def record_villages(
    session: Session, actor: Actor, data: Sequence[VillageCreate]
) -> list[UUID]:
    """Record villages, however many: all of them, or none by the first refusal."""
    checked = await check_villages(session, actor, data)
    for refusal in (await refusals(session, checked)).values():
        raise refusal
    return await write_villages(session, actor, checked)


async def check_villages(
    session: Session, actor: Actor, data: Sequence[VillageCreate]
) -> CheckedVillages:
    """Find the communes, and lock them against other additions meanwhile."""
    wanted = [(village, village.valid_from or today()) for village in data]
    places = list(dict.fromkeys((village.parent, day) for village, day in wanted))
    await lock_named(session, places)
    parents = await queries.find_units(session, places)
    ids = {parent.id for parent in parents.values()}
    await queries.lock_children(session, ids)
    return CheckedVillages(
        wanted,
        parents,
        await queries.within(session, actor, ids),
        await queries.names_below(session, ids),
        await queries.codes_taken(session, (village.code for village in data if village.code)),
    )


async def refusals(session: Session, checked: CheckedVillages) -> Refusals:
    """Return the reason why each refused village cannot be created, by its number."""
    found: Refusals = {}
    names, codes, now = set(checked.names), set(checked.codes), today()
    for number, (village, day) in enumerate(checked.wanted):
        if number % MAX_AT_ONCE == 0:
            await asyncio.sleep(0)
        parent = checked.parents.get((village.parent, day))
        if parent is None or parent.id not in checked.own:
            found[number] = UnitNotFound(wanted=village.parent, day=day.isoformat())
        elif parent.level is not UnitLevel.COMMUNE:
            found[number] = ParentNotACommune(name=parent.name, level=parent.level.value)
        elif not parent.stands_on(day):
            found[number] = await unit_closed(session, parent)
        elif day > now:
            found[number] = NotBegun(day=day.isoformat())
        elif village.code in codes:
            found[number] = CodeTaken(wanted=village.code)
        elif (name := (parent.id, village.kind, name_key(village.name))) in names:
            found[number] = VillageExists(name=village.name, parent=parent.name)
        else:
            names.add(name)
            codes |= {village.code} - {None}  # type: ignore[arg-type]
    return found


async def write_villages(session: Session, actor: Actor, checked: CheckedVillages) -> list[UUID]:
    """Write villages by parts, between which other requests are answered."""
    lines = await _lines(session, {parent.id for parent in checked.parents.values()})
    units: list[UUID] = []
    for begin in range(0, len(checked.wanted), MAX_AT_ONCE):
        numbers = range(len(checked.wanted))[begin : begin + MAX_AT_ONCE]
        units += await _write_part(session, actor, checked, numbers, lines)
    return units


async def _write_part(
    session: Session, actor: Actor, checked: CheckedVillages, numbers: range, lines: Any
) -> list[UUID]:
    rows: list[Any] = []
    fields: dict[UUID, list[str]] = {}
    for number in numbers:
        unit = Unit(level=UnitLevel.VILLAGE)
        rows += [unit, *_rows(unit.id, checked, number, lines)]
        fields[unit.id] = sorted(checked.wanted[number][0].model_fields_set)
    await store(session, actor, *rows)
    await queries.place_units(session, fields)  # first: the log lies where the units lie
    changes = [Change("unit", id, id, fields=names) for id, names in fields.items()]
    await records.log_changes(session, actor, Permission.UNIT_CREATE, changes)
    queries.forget(session, rows)
    return list(fields)


async def _lines(session: Session, parents: set[UUID]) -> Any:
    """Return the last days and the successors of communes, as far as the chain goes."""
    ends: dict[UUID, date] = {}
    following: dict[UUID, list[Any]] = {}
    while parents:
        ends |= dict(await queries.last_days(session, parents))
        for edge in await queries.successors(session, parents):
            following.setdefault(edge.from_id, []).append(edge)
        parents = {e.to_id for edges in following.values() for e in edges} - set(ends)
    return ends, following


def _rows(unit: UUID, checked: CheckedVillages, number: int, lines: Any) -> Iterator[Any]:
    village, day = checked.wanted[number]
    kind = UnitKind(village.kind)
    full, parent = full_name(kind, village.name), checked.parent(number).id
    yield UnitVersion(
        unit_id=unit, level=UnitLevel.VILLAGE, kind=kind, code=village.code, name=village.name,
        full_name=full, **keys_of(village.name, full), valid_from=day, valid_to=INFINITY,
        entered_in_id=parent,
    )  # fmt: skip
    for belonging in rules.parent_periods(parent, day, *lines):
        for hierarchy in Hierarchy:
            yield UnitParent(
                unit_id=unit, hierarchy=hierarchy, parent_id=belonging.parent_id,
                valid_from=belonging.begin, valid_to=belonging.end,
            )  # fmt: skip
