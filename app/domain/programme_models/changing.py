"""What can be done with models that are recorded: move and change them."""

from collections.abc import Sequence
from uuid import UUID

from app.db.session import Session
from app.db.tables.programme_models import ProgrammeModel
from app.db.tables.records import Act
from app.db.vietnamese import search_key
from app.domain.actor import Actor, Permission, operation
from app.domain.programme_models import queries, rules
from app.domain.programme_models.errors import ModelNotFound
from app.domain.programme_models.schemas import ModelChange, ModelTransition
from app.domain.records import service as records
from app.domain.records.machine import Taken
from app.domain.records.service import Change
from app.domain.units.shape import today


@operation(Permission.MODEL_LAUNCH)
async def move_model(
    session: Session, actor: Actor, id: UUID, data: ModelTransition, expected: int | None
) -> UUID:
    """Take a model one step on in its life, such as its launch."""
    model = await own_model(session, actor, id, expected)
    last = await queries.last_step(session, model.id)
    step = rules.move(model, data, last=last, today=today())
    records.touch(model, actor)
    await session.flush()
    await records.account(
        session, actor, Permission.MODEL_LAUNCH,
        [_changed(model, Act.TRANSITION, ["launched_on", "state"], step)],
    )  # fmt: skip
    return model.id


@operation(Permission.MODEL_UPDATE)
async def change_model(
    session: Session, actor: Actor, id: UUID, data: ModelChange, expected: int | None
) -> UUID:
    """Say otherwise what was recorded of a model: its name, its numbers, its last activity."""
    model = await own_model(session, actor, id, expected)
    said = rules.said_otherwise(model, data.model_dump(exclude_unset=True), today=today())
    if changed := records.touch(model, actor, said):
        model.search_key = search_key(model.name)
        await session.flush()
        await records.account(
            session, actor, Permission.MODEL_UPDATE, [_changed(model, Act.CHANGE, changed)]
        )
    return model.id


async def own_model(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> ProgrammeModel:
    """A model of the actor's units as he has seen it, to be changed."""
    model = await queries.one(session, actor, id)
    if model is None:
        raise ModelNotFound()
    await records.expect(session, model, expected)
    return model


def _changed(
    model: ProgrammeModel, act: Act, fields: Sequence[str], step: Taken | None = None
) -> Change:
    return Change("model", model.id, model.unit_id, act, model.version, fields, step)
