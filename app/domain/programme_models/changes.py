"""Operations on recorded models: apply transitions, change."""

from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.programme_models import ProgrammeModel
from app.db.tables.quantities import Quantity
from app.db.vietnamese import search_key
from app.domain.actor import ABOVE_VILLAGES, Actor, Permission, check_level, operation
from app.domain.organisations import service as organisations
from app.domain.programme_models import corrections, history_queries, queries, rules
from app.domain.programme_models.errors import GroupsAreCounted
from app.domain.programme_models.schemas import QUANTITIES, ModelChange, ModelTransition
from app.domain.records import kit as records
from app.domain.records.map_locks import lock_row
from app.domain.records.quantities import choose_day, enter_quantities, list_fields
from app.domain.units.shape import today


@operation(Permission.MODEL_LAUNCH)
async def transition_model(
    session: Session, actor: Actor, id: UUID, data: ModelTransition, expected: int | None
) -> UUID:
    """Apply a transition, such as launch, to a model."""
    model = await load_own_model(session, actor, id, expected)
    steps = await history_queries.list_transitions(session, model.id)
    pilot = model.pilot
    last = rules.find_last_day(model, steps)
    step = rules.apply_transition(model, data, last=last, today=today())
    values = {"pilot": True} if model.pilot and not pilot else {}
    entered = await enter_quantities(
        session, actor, model, values, since=step.effective_on, begun=None
    )
    fields = ["launched_on", "state", *list_fields(entered)]
    return await records.save(
        session, actor, Permission.MODEL_LAUNCH, model, fields, step, also=entered
    )


@operation(Permission.MODEL_UPDATE)
async def change_model(
    session: Session, actor: Actor, id: UUID, data: ModelChange, expected: int | None
) -> UUID:
    """Change a model: its name, its numbers from a day on; correct its type, hosts and launch."""
    if corrections.CORRECTED & data.model_fields_set:
        await lock_row(session, ProgrammeModel, id)  # before the row, for hosts are looked up
    model = await load_own_model(session, actor, id, expected)
    sent = data.model_dump(exclude_unset=True)
    done = await corrections.correct_model(session, actor, model, sent)
    sent = rules.changed_fields(model, sent, today=today())
    entered = await _enter(session, actor, model, sent)
    if "host_organisation" in sent:
        sent["host_organisation_id"] = host = sent.pop("host_organisation")
        if host and host != model.host_organisation_id:
            await organisations.find_active(session, actor, [(host, today())])
    if changed := [*records.assign(model, sent), *list_fields(entered), *done.fields]:
        model.search_key = search_key(model.name)
        await records.save(
            session, actor, Permission.MODEL_UPDATE, model, changed,
            also=[*done.hosts, *entered], delete=done.gone,
        )  # fmt: skip
    return model.id


async def _enter(
    session: Session, actor: Actor, model: ProgrammeModel, sent: dict[str, Any]
) -> list[Quantity]:
    """Take the numbers out of a change, and enter each from its day on."""
    since = sent.pop("effective_on", None)
    values = {name: sent.pop(name) for name in sorted(QUANTITIES & sent.keys())}
    if values.get("groups") is not None:
        day = choose_day(since, model.launched_on)
        if await queries.has_group_members(session, model.id, day):
            raise GroupsAreCounted()
    return await enter_quantities(
        session, actor, model, values, since=since, begun=model.launched_on
    )


async def load_own_model(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> ProgrammeModel:
    """A model at work in the actor's units as they have seen it, to be changed."""
    model = await records.load(
        session, actor, ProgrammeModel, id, expected, scope=queries.HOSTED, lock_map=False
    )
    check_level(actor, ABOVE_VILLAGES)  # what lies elsewhere is not there, for villages too
    return model
