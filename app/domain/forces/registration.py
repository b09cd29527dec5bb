"""Teams as they are first recorded: looked at row by row, then written all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.forces import Team
from app.db.vietnamese import name_key, search_key
from app.domain.actor import Actor, Permission
from app.domain.errors import DomainError, FieldError
from app.domain.forces import queries, rules
from app.domain.forces.errors import DayToCome, TeamRecorded, TeamsRefused
from app.domain.forces.schemas import TeamCreate, TeamTransition
from app.domain.records import kit as records
from app.domain.records.errors import NameTaken
from app.domain.records.map_locks import lock_named
from app.domain.units import queries as map_
from app.domain.units.errors import UnitNotFound
from app.domain.units.service import unit_closed
from app.domain.units.shape import today

Fault = tuple[str, DomainError]  # the field, and what is wrong with it


@dataclass(slots=True)
class CheckedTeams:
    """Submitted teams with their units and faults, by their position."""

    wanted: Sequence[TeamCreate]
    units: Mapping[tuple[str, date], map_.UnitOnDate]
    faults: Mapping[int, Fault]

    def refusal(self) -> TeamsRefused:
        """All that is wrong, each fault with its row."""
        return TeamsRefused(*(_field_error(n, *fault) for n, fault in sorted(self.faults.items())))


async def check_teams(session: Session, actor: Actor, wanted: Sequence[TeamCreate]) -> CheckedTeams:
    """Find the units, and whatever is wrong; the map stays as it is until this ends."""
    if any(data.established_on for data in wanted):
        actor.require(Permission.TEAM_TRANSITION)  # to establish is to decide
    named = list(dict.fromkeys(_unit_and_day(data) for data in wanted))
    await lock_named(session, named)
    keys = {_key(data) for data in wanted}
    rows, standing = await session.exec_all(
        map_.select_own_units(actor, named), queries.select_standing_names(named, keys)
    )
    found, names = map_.read_own_units(rows), {tuple(one) for one in standing}
    units = {name: unit for name, (unit, _) in found.items()}
    own = {unit.id for unit, mine in found.values() if mine}
    references = [data.reference for data in wanted if data.reference]
    known = await queries.lock_references(session, actor.client, references) if references else {}
    faults: dict[int, Fault] = {}
    earlier: set[str] = set()  # references of the rows before
    for number, data in enumerate(wanted):
        unit = units.get(_unit_and_day(data))
        fault = await _place_fault(session, data, unit, own) or _fault(data, known, earlier)
        if fault := fault or _name_fault(data, unit, names):
            faults[number] = fault
        earlier |= {data.reference} if data.reference else set()
    return CheckedTeams(wanted, units, faults)


def _name_fault(data: TeamCreate, unit: map_.UnitOnDate | None, names: set[Any]) -> Fault | None:
    """Refuse the name of a standing team of this kind and unit, or of a row before."""
    name = unit and unit.id, data.kind, _key(data)
    if name in names:
        return "name", NameTaken(name=data.name)
    names.add(name)
    return None


def _unit_and_day(data: TeamCreate) -> tuple[str, date]:
    return data.unit, data.established_on or today()


async def _place_fault(
    session: Session, data: TeamCreate, unit: map_.UnitOnDate | None, own: set[UUID]
) -> Fault | None:
    name, day = _unit_and_day(data)
    if unit is None or unit.id not in own:
        return "unit", UnitNotFound(wanted=name, day=day.isoformat())
    return None if unit.stands_on(day) else ("unit", await unit_closed(session, unit))


def _fault(data: TeamCreate, known: Mapping[str, UUID], earlier: set[str]) -> Fault | None:
    if data.established_on and data.established_on > today():
        return "established_on", DayToCome(day=data.established_on.isoformat())
    if data.reference and (data.reference in known or data.reference in earlier):
        id = str(known.get(data.reference, ""))
        return "reference", TeamRecorded(reference=data.reference, id=id)
    return None


def _key(data: TeamCreate) -> str:
    return name_key(data.name) or data.name


def _field_error(number: int, field: str, error: DomainError) -> FieldError:
    return FieldError(
        f"/teams/{number}/{field}",
        error.code,
        error.message("en"),
        error.message("vi"),
        row=number + 1,
    )


async def write_teams(session: Session, actor: Actor, checked: CheckedTeams) -> list[UUID]:
    """Create teams without faults; return their ids in the submitted order."""
    edits = []
    for data in checked.wanted:
        team = Team(
            **data.model_dump(exclude={"unit", "established_on"}),
            unit_id=checked.units[_unit_and_day(data)].id, source=actor.client,
            search_key=search_key(data.name),
        )  # fmt: skip
        words = TeamTransition(action="establish", effective_on=data.established_on)
        step = (
            rules.apply_team_transition(team, words, today=today()) if data.established_on else None
        )
        edits.append(records.Edit(team, sorted(data.model_fields_set), step))
    await records.save_all(session, actor, Permission.TEAM_CREATE, edits)
    return [edit.row.id for edit in edits]
