"""Corrections of activities before they are verified, and what supersedes them afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from sqlmodel import SQLModel

from app.db.session import Session
from app.db.tables.activities import Activity, ActivityLine, ActivityPart
from app.domain.activities import line_rules, registration, rules
from app.domain.activities.own_rows import OwnRows, load_own_rows
from app.domain.activities.references import PARTS, References, find_references, map_day
from app.domain.activities.schemas import ActivityChange, QuantityInput
from app.domain.actor import Actor
from app.domain.records.kit import assign
from app.domain.units.own_units import find_own_units, take_unit
from app.domain.units.shape import today

NUMBERS = ("category", "value", "qualifier", "words", "day")
DAYS = {"starts_on", "ends_on"}


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
    done, bears_on = Correction(changed), {*changed, *data.model_fields_set}
    own = await load_own_rows(session, activity, bears_on)
    if bears_on & {"unit", "units"}:
        await _replace_units(session, actor, activity, data, own, done)
    lines = _replace_lines(activity, data, own, done)
    rules.check(activity, lines, today=today())
    known = await find_references(session, actor, _name_again(activity, data, own, changed))
    if DAYS.union(("document_id", "campaign_id")).intersection(changed):
        registration.check_references(activity, known)
    _replace_parts(activity, data, own, known, done)
    if "incidents" in data.model_fields_set or "kind" in changed:
        _replace_links(activity, data, own, known, done)
    return done


def _name_again(
    activity: Activity, data: ActivityChange, own: OwnRows, changed: Sequence[str]
) -> Any:
    """Name what is to be found: what a correction names, and what its days or kind bear on."""
    sent, named = data.model_fields_set, SimpleNamespace()
    for name in ("document_id", "campaign_id"):
        if DAYS.union((name,)).intersection(changed):
            setattr(named, name, getattr(activity, name))
    for name in sent & PARTS.keys():
        setattr(named, name, rules.list_new(getattr(data, name), own.part_ids(PARTS[name])))
    named.incidents = _choose_incidents(data, own)
    return named


def _choose_incidents(data: ActivityChange, own: OwnRows) -> list[Any]:
    linked = [one.incident_id for one in own.links]
    return data.incidents if "incidents" in data.model_fields_set else linked


async def _replace_units(
    session: Session, actor: Actor, activity: Activity, data: ActivityChange, own: OwnRows,
    done: Correction,
) -> None:  # fmt: skip
    day, sent = map_day(activity.ends_on), data.model_fields_set
    lead = data.unit if "unit" in sent else str(activity.unit_id)
    others = data.units if "units" in sent else [
        str(one.unit_id) for one in own.units if one.unit_id != activity.unit_id
    ]  # fmt: skip
    named = [(name, day) for name in dict.fromkeys((lead, *others))]
    units = await find_own_units(session, actor, named)
    places = list(dict.fromkeys(take_unit(units, one).id for one in named))
    if activity.unit_id != places[0]:
        activity.unit_id = places[0]
        done.fields.append("unit_id")
    gone = [one for one in own.units if one.unit_id not in places]
    new = rules.list_new(places, [one.unit_id for one in own.units])
    _note(done, "units", registration.build_units(activity, new), gone)


def _replace_lines(
    activity: Activity, data: ActivityChange, own: OwnRows, done: Correction
) -> Sequence[ActivityLine]:
    if "quantities" in data.model_fields_set:
        return _merge_lines(line_rules.build_lines(activity, data.quantities), own.lines, done)
    inputs = [read_line(line) for line in own.lines]
    line_rules.build_lines(activity, inputs)  # its kind still counts them
    for line in own.lines:
        if activity.ends_on and line.day != activity.ends_on:
            line.day = activity.ends_on
            done.also.append(line)
    return own.lines


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


def _replace_parts(
    activity: Activity, data: ActivityChange, own: OwnRows, known: References, done: Correction
) -> None:
    for name in sorted(PARTS.keys() & data.model_fields_set):
        resource, wanted = PARTS[name], getattr(data, name)
        new = rules.list_new(wanted, own.part_ids(resource))
        made = registration.build_parts(activity, resource, new, known)
        there = [one for one in own.parts if one.resource is resource]
        _note(done, name, made, [one for one in there if one.part_id not in wanted])


def _replace_links(
    activity: Activity, data: ActivityChange, own: OwnRows, known: References, done: Correction
) -> None:
    made = registration.build_links(activity, _choose_incidents(data, own), known)
    there = {(one.incident_id, one.relation) for one in own.links}
    new = [one for one in made if (one.incident_id, one.relation) not in there]
    kept = {(one.incident_id, one.relation) for one in made}
    gone = [one for one in own.links if (one.incident_id, one.relation) not in kept]
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
