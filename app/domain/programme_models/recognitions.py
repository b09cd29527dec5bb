"""Recognitions of types and models, and their revocation."""

from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.model_records import (
    ModelRecognition,
    RecognitionLevel,
    RecognitionState,
)
from app.db.tables.programme_models import ProgrammeModel
from app.domain.actor import Actor, Permission, operation
from app.domain.programme_models import queries, rules, states, types
from app.domain.programme_models.errors import (
    NotOfYourLevel,
    NotYet,
)
from app.domain.programme_models.schemas import (
    RecognitionChange,
    RecognitionCreate,
    RecognitionTransition,
)
from app.domain.records import kit as records
from app.domain.records.basis_documents import check_basis
from app.domain.records.errors import build_not_found
from app.domain.units import service as units
from app.domain.units.shape import today


@operation(Permission.MODEL_RECOGNISE)
async def create_recognition(session: Session, actor: Actor, data: RecognitionCreate) -> UUID:
    """Record the recognition of a type or a model by an authority."""
    _of_level(actor, data.level)
    day = min(data.recognised_on or date(data.year, 12, 31), today())
    if day.year < data.year or (data.recognised_on or day) > today():
        raise NotYet(day=(data.recognised_on or date(data.year, 1, 1)).isoformat())
    kind = await types.find_type(session, data.type) if data.type else None
    if data.model and not await queries.is_visible(session, actor, data.model):
        raise build_not_found(ProgrammeModel)
    found = await units.open_units(session, actor, [(data.unit, day)], own={(data.unit, day)})
    await check_basis(session, actor, [(data.document_id, day)])
    made = ModelRecognition(
        **data.model_dump(exclude={"type", "model", "unit"}),
        type_id=kind.id if kind else None, model_id=data.model, unit_id=found[data.unit, day],
    )  # fmt: skip
    return await records.create(
        session, actor, Permission.MODEL_RECOGNISE, made, data.model_fields_set
    )


@operation(Permission.MODEL_RECOGNISE)
async def change_recognition(
    session: Session, actor: Actor, id: UUID, data: RecognitionChange, expected: int | None
) -> UUID:
    """Correct a recognition: its level, its day, its scope, its unit, its decision."""
    found = await load_recognition(session, actor, id, expected)
    said = data.model_dump(exclude_unset=True)
    if unit := said.pop("unit", None):
        day = said.get("recognised_on") or found.recognised_on or date(found.year, 12, 31)
        named = (unit, min(day, today()))
        said["unit_id"] = (await units.open_units(session, actor, [named], own={named}))[named]
    if changed := records.assign(found, said):
        _of_level(actor, found.level)
        rules.check_recognition(found, today=today())
        if {"document_id", "recognised_on", "year"} & set(changed):
            await check_basis(session, actor, [(found.document_id, _day_of(found))])
        await records.save(session, actor, Permission.MODEL_RECOGNISE, found, changed)
    return found.id


def _day_of(found: ModelRecognition) -> date:
    return min(found.recognised_on or date(found.year, 12, 31), today())


@operation(Permission.MODEL_RECOGNISE)
async def transition_recognition(
    session: Session, actor: Actor, id: UUID, data: RecognitionTransition, expected: int | None
) -> UUID:
    """Revoke a recognition, with a reason."""
    found = await load_recognition(session, actor, id, expected)
    day = data.effective_on or today()
    step = states.RECOGNITION.apply(found.state, data, effective_on=day)
    begun = found.recognised_on or date(found.year, 1, 1)
    rules.check_order(day, last=begun, today=today())
    found.state, found.revoked_on = RecognitionState(step.to_state), day
    fields = ["revoked_on", "state"]
    return await records.save(session, actor, Permission.MODEL_RECOGNISE, found, fields, step)


async def load_recognition(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> ModelRecognition:
    """Return a recognition that the actor's level may change, in the version they have seen."""
    found = await records.get(session, actor, ModelRecognition, id, lock_map=False)
    _of_level(actor, found.level)
    await records.check_version(session, found, expected)
    return found


def _of_level(actor: Actor, level: RecognitionLevel) -> None:
    if level not in states.levels_decided_by(actor.level):
        raise NotOfYourLevel(level=level)
