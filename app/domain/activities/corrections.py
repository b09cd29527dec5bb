"""Corrections of activities before they are verified, and what supersedes them afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from app.db.session import Session
from app.db.tables.activities import Activity, ActivityLine, ActivityPart
from app.domain.activities import line_rules, queries, registration, rules
from app.domain.activities.schemas import ActivityChange, QuantityInput
from app.domain.actor import Actor
from app.domain.incidents import queries as incidents
from app.domain.records.kit import assign
from app.domain.units.own_units import find_own_units, take_unit
from app.domain.units.shape import today

NUMBERS = ("category", "value", "qualifier", "words", "day")


@dataclass(slots=True)
class Correction:
    """A correction: the fields that it sets, and the rows that it writes beside the record."""

    fields: list[str] = field(default_factory=list)
    also: list[SQLModel] = field(default_factory=list)
    delete: list[SQLModel] = field(default_factory=list)


async def correct(
    session: Session, actor: Actor, activity: Activity, data: ActivityChange
) -> Correction:
    """Set the fields of a correction, and replace the lists that it names."""
    values = data.model_dump(exclude_unset=True, exclude=registration.BESIDE)
    changed = [name for name, value in values.items() if getattr(activity, name) != value]
    for name in changed:
        setattr(activity, name, values[name])
    done = Correction(changed)
    sent = data.model_fields_set
    if sent & {"unit", "units"}:
        await _replace_units(session, actor, activity, data, done)
    lines = await _replace_lines(session, activity, data, done)
    rules.check(activity, lines, today=today())
    await registration.check_references(session, actor, activity)
    if sent & registration.PARTS.keys():
        await _replace_parts(session, actor, activity, data, done)
    if "incidents" in sent or "kind" in changed:
        await _replace_links(session, actor, activity, data, done)
    return done


async def _replace_units(
    session: Session, actor: Actor, activity: Activity, data: ActivityChange, done: Correction
) -> None:
    day, sent = registration.map_day(activity.ends_on), data.model_fields_set
    known = await queries.list_units(session, activity.id)
    lead = data.unit if "unit" in sent else str(activity.unit_id)
    others = data.units if "units" in sent else [
        str(one.unit_id) for one in known if one.unit_id != activity.unit_id
    ]  # fmt: skip
    named = [(name, day) for name in dict.fromkeys((lead, *others))]
    units = await find_own_units(session, actor, named)
    places = list(dict.fromkeys(take_unit(units, one).id for one in named))
    if activity.unit_id != places[0]:
        activity.unit_id = places[0]
        done.fields.append("unit_id")
    gone = [one for one in known if one.unit_id not in places]
    new = rules.list_new(places, [one.unit_id for one in known])
    _note(done, "units", registration.build_units(activity, new), gone)


async def _replace_lines(
    session: Session, activity: Activity, data: ActivityChange, done: Correction
) -> Sequence[ActivityLine]:
    known = await queries.list_lines(session, activity.id)
    if "quantities" in data.model_fields_set:
        return _merge_lines(line_rules.build_lines(activity, data.quantities), known, done)
    line_rules.build_lines(
        activity, [read_line(line) for line in known]
    )  # its kind still counts them
    for line in known:
        if activity.ends_on and line.day != activity.ends_on:
            line.day = activity.ends_on
            done.also.append(line)
    return known


def _merge_lines(
    wanted: Sequence[ActivityLine], known: Sequence[ActivityLine], done: Correction
) -> list[ActivityLine]:
    """Let the numbers of an activity be these; one of the same measure stays the same row."""
    there = {line.measure: line for line in known}
    lines, changed = list[ActivityLine](), list[ActivityLine]()
    for line in wanted:
        former = there.pop(line.measure, None)
        if former and not assign(former, {name: getattr(line, name) for name in NUMBERS}):
            lines.append(former)
            continue
        changed.append(former or line)
        lines.append(former or line)
    _note(done, "quantities", changed, list(there.values()))
    return lines


async def _replace_parts(
    session: Session, actor: Actor, activity: Activity, data: ActivityChange, done: Correction
) -> None:
    known = await queries.list_parts(session, activity.id)
    for name in sorted(registration.PARTS.keys() & data.model_fields_set):
        resource, wanted = registration.PARTS[name], getattr(data, name)
        there = [one for one in known if one.resource is resource]
        new = rules.list_new(wanted, [one.part_id for one in there])
        made = await registration.build_parts(session, actor, activity, resource, new)
        _note(done, name, made, [one for one in there if one.part_id not in wanted])


async def _replace_links(
    session: Session, actor: Actor, activity: Activity, data: ActivityChange, done: Correction
) -> None:
    known = await incidents.list_links_of(session, activity.id)
    wanted: list[UUID] = [one.incident_id for one in known]
    if "incidents" in data.model_fields_set:
        wanted = data.incidents
    made = await registration.build_links(session, actor, activity, wanted)
    there = {(one.incident_id, one.relation) for one in known}
    new = [one for one in made if (one.incident_id, one.relation) not in there]
    kept = {(one.incident_id, one.relation) for one in made}
    gone = [one for one in known if (one.incident_id, one.relation) not in kept]
    _note(done, "incidents", new, gone)


def _note(done: Correction, name: str, new: Sequence[Any], gone: Sequence[Any]) -> None:
    if new or gone:
        done.fields.append(name)
        done.also += new
        done.delete += gone


def read_line(line: ActivityLine) -> QuantityInput:
    """Return the input that a number was entered by."""
    names = QuantityInput.model_fields
    return QuantityInput.model_validate({name: getattr(line, name) for name in names})


def copy_parts(activity: Activity, parts: Sequence[ActivityPart]) -> list[ActivityPart]:
    """Copy the parts of an activity for the record that supersedes it."""
    return [
        ActivityPart(activity_id=activity.id, resource=one.resource, part_id=one.part_id)
        for one in parts
    ]
