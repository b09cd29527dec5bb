"""Corrections of a model that was entered wrongly: its type, its hosts, the day of its launch."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.programme_models import ModelHost, ProgrammeModel
from app.domain.actor import Actor
from app.domain.programme_models import history_queries, queries, rules, types
from app.domain.units import queries as map_
from app.domain.units import service as units
from app.domain.units.errors import UnitNotFound
from app.domain.units.shape import today

CORRECTED = frozenset({"type", "units", "launched_on"})


@dataclass(slots=True)
class Correction:
    """The result of a correction: the fields it has set, the new hosts, and those that are none."""

    fields: list[str] = field(default_factory=list)
    hosts: list[ModelHost] = field(default_factory=list)
    gone: list[ModelHost] = field(default_factory=list)


async def correct_model(
    session: Session, actor: Actor, model: ProgrammeModel, sent: dict[str, Any]
) -> Correction:
    """Take the corrections out of a change, and set them on a model; refuse impossible ones."""
    said = {name: sent.pop(name) for name in sorted(CORRECTED & sent.keys())}
    done = Correction()
    if "type" in said:
        kind = await types.find_type(session, said["type"])
        done.fields += _assign(model, "type_id", kind.id)
    if "launched_on" in said and said["launched_on"] != model.launched_on:
        steps = await history_queries.list_transitions(session, model.id)
        rules.correct_launch(model, said["launched_on"], steps, today=today())
        done.fields += ["launched_on"]
    if "units" in said or "launched_on" in done.fields:
        await _correct_hosts(session, actor, model, said.get("units"), done)
    if done.fields:
        await _check_line(session, model)
    return done


async def _correct_hosts(
    session: Session,
    actor: Actor,
    model: ProgrammeModel,
    wanted: list[str] | None,
    done: Correction,
) -> None:
    """Let a model be at work in these units, which stood on its day; the first one leads."""
    known = await history_queries.list_hosts(session, model.id)
    named = [str(host.unit_id) for host in known] if wanted is None else wanted
    day = model.launched_on or today()
    own = {(named[0], day)} if wanted else set()
    if wanted and not await map_.within(session, actor, [model.unit_id]):
        raise UnitNotFound(wanted=str(model.unit_id), day=day.isoformat())  # others lead it
    found = await units.open_units(session, actor, [(name, day) for name in named], own=own)
    ids = list(dict.fromkeys(found[name, day] for name in named))
    _set_hosts(model, known, ids if wanted else [model.unit_id, *ids], done)


def _set_hosts(
    model: ProgrammeModel, known: Sequence[ModelHost], ids: list[UUID], done: Correction
) -> None:
    done.gone = [host for host in known if host.unit_id not in ids]
    there = {host.unit_id for host in known}
    done.hosts = [ModelHost(model_id=model.id, unit_id=id) for id in ids if id not in there]
    if _assign(model, "unit_id", ids[0]) or done.gone or done.hosts:
        done.fields += ["units"]


async def _check_line(session: Session, model: ProgrammeModel) -> None:
    """A replica stays of the type of its source and not older, and so do its own replicas."""
    if model.replicated_from_id:
        sources = await queries.find_sources(session, [model.replicated_from_id])
        rules.check_source(model, sources, today=today())
    for replica in await history_queries.list_replicas(session, model.id):
        rules.check_source(replica, {model.id: model}, today=today())


def _assign(model: ProgrammeModel, name: str, value: UUID | date) -> list[str]:
    if getattr(model, name) == value:
        return []
    setattr(model, name, value)
    return [name]
