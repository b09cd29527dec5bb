"""Operations on incidents: record one or many, correct, apply transitions, void."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.incidents import Incident
from app.domain.actor import Actor, Permission, operation
from app.domain.incidents import registration, rules
from app.domain.incidents.double_counts import find_units_and_counted, load_counted
from app.domain.incidents.schemas import (
    IncidentBatch,
    IncidentChange,
    IncidentCreate,
    IncidentEntry,
    IncidentStep,
    IncidentSteps,
    IncidentTransition,
)
from app.domain.records import kit as records
from app.domain.records.batch_schemas import BatchResult
from app.domain.records.batches import create_batch, transition_batch
from app.domain.records.voids import build_void
from app.domain.units.own_units import find_own_units, take_unit
from app.domain.units.shape import today

WRITE, TRANSITION = Permission.INCIDENT_WRITE, Permission.INCIDENT_TRANSITION


@operation(WRITE)
async def create_incident(session: Session, actor: Actor, data: IncidentCreate) -> UUID:
    """Record an incident of one of your units, or the numbers of a period."""
    named = [registration.name_unit(data)]
    units, counted = await find_units_and_counted(session, actor, named)
    edit = await registration.build_incident(session, data, units, counted)
    await records.save_all(session, actor, WRITE, [edit])
    return edit.row.id


@operation(WRITE)
async def create_incidents(session: Session, actor: Actor, data: IncidentBatch) -> BatchResult:
    """Record incidents by the ids of the client; sent twice, nothing changes."""
    named = [registration.name_unit(one) for one in data.items]
    units, counted = await find_units_and_counted(session, actor, named)

    async def build(entry: IncidentEntry) -> records.Edit:
        return await registration.build_incident(session, entry, units, counted)

    return await create_batch(session, actor, WRITE, Incident, data.items, build)


@operation(WRITE)
async def change_incident(
    session: Session, actor: Actor, id: UUID, data: IncidentChange, expected: int | None
) -> UUID:
    """Correct an incident: its category, its numbers, its time, its unit."""
    incident = await records.load(session, actor, Incident, id, expected)
    values = data.model_dump(exclude_unset=True)
    if "unit" in values:
        named = registration.correct(values, incident)
        units = await find_own_units(session, actor, [named])
        values = values | {"unit_id": take_unit(units, named).id}
        del values["unit"]
    if changed := records.assign(incident, values):
        rules.check(incident, today=today())
        await (await load_counted(session, [incident.unit_id])).check(session, incident)
        await records.save(session, actor, WRITE, incident, changed)
    return incident.id


@operation(TRANSITION)
async def transition_incident(
    session: Session, actor: Actor, id: UUID, data: IncidentTransition, expected: int | None
) -> UUID:
    """Apply a transition to an incident: verify, confirm, dismiss, resolve, close, reopen."""
    incident = await records.load(session, actor, Incident, id, expected)
    edit = _apply(incident, data)
    await records.save_all(session, actor, TRANSITION, [edit])
    return incident.id


@operation(TRANSITION)
async def transition_incidents(session: Session, actor: Actor, data: IncidentSteps) -> BatchResult:
    """Apply transitions to many incidents; each is taken or refused by itself."""

    async def apply(incident: Incident, step: IncidentStep) -> records.Edit:
        return _apply(incident, step)

    return await transition_batch(session, actor, TRANSITION, Incident, data.items, apply)


def _apply(incident: Incident, words: IncidentTransition) -> records.Edit:
    step = rules.apply_transition(incident, words, today=today())
    return records.Edit(incident, ["result", "state"], step)


void_incident = build_void(
    Incident, Permission.INCIDENT_VOID, "void_incident",
    "Void an incident that was entered in error: it stays readable, and counts nowhere.",
)  # fmt: skip
