"""Operations on recorded models: apply transitions, change."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.programme_models import ProgrammeModel
from app.db.vietnamese import search_key
from app.domain.actor import ABOVE_VILLAGES, Actor, Permission, check_level, operation
from app.domain.organisations import service as organisations
from app.domain.programme_models import queries, rules
from app.domain.programme_models.schemas import ModelChange, ModelTransition
from app.domain.records import kit as records
from app.domain.units.shape import today


@operation(Permission.MODEL_LAUNCH)
async def transition_model(
    session: Session, actor: Actor, id: UUID, data: ModelTransition, expected: int | None
) -> UUID:
    """Apply a transition, such as launch, to a model."""
    model = await load_own_model(session, actor, id, expected)
    last = await queries.find_last_transition(session, model.id)
    step = rules.apply_transition(model, data, last=last, today=today())
    fields = ["launched_on", "state"]
    return await records.save(session, actor, Permission.MODEL_LAUNCH, model, fields, step)


@operation(Permission.MODEL_UPDATE)
async def change_model(
    session: Session, actor: Actor, id: UUID, data: ModelChange, expected: int | None
) -> UUID:
    """Change a model: its name, its numbers, its last activity."""
    model = await load_own_model(session, actor, id, expected)
    said = rules.changed_fields(model, data.model_dump(exclude_unset=True), today=today())
    if "host_organisation" in said:
        said["host_organisation_id"] = host = said.pop("host_organisation")
        if host and host != model.host_organisation_id:
            await organisations.find_active(session, actor, [(host, today())])
    if changed := records.assign(model, said):
        model.search_key = search_key(model.name)
        await records.save(session, actor, Permission.MODEL_UPDATE, model, changed)
    return model.id


async def load_own_model(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> ProgrammeModel:
    """A model at work in the actor's units as they have seen it, to be changed."""
    model = await records.load(
        session, actor, ProgrammeModel, id, expected, scope=queries.HOSTED, lock_map=False
    )
    check_level(actor, ABOVE_VILLAGES)  # what lies elsewhere is not there, for villages too
    return model
