"""Operations on programme models: create one or many, proposed or at work."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from app.db.session import Session
from app.db.tables.programme_models import ModelHost, ModelState, ModelType, ProgrammeModel
from app.db.vietnamese import search_key
from app.domain.actor import ABOVE_VILLAGES, Actor, Permission, check_level, operation
from app.domain.errors import DomainError, Forbidden
from app.domain.organisations import service as organisations
from app.domain.programme_models import queries, rules
from app.domain.programme_models.errors import (
    AlreadyRecorded,
    ModelsRefused,
    SourceModelNotFound,
)
from app.domain.programme_models.references import (
    ModelReferences,
    host_day,
    load_model_references,
)
from app.domain.programme_models.row_faults import row_error
from app.domain.programme_models.schemas import ModelCreate, ModelsCreate, ModelsCreated
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.state_machine import AppliedTransition
from app.domain.units.shape import today

NOT_COLUMNS = {"type", "units", "launched_on", "replicated_from", "host_organisation"}


@operation(Permission.MODEL_CREATE)
async def create_model(session: Session, actor: Actor, data: ModelCreate) -> UUID:
    """Create a model in one of your units, or across several led by one of yours."""
    return (await record_models(session, actor, [data]))[0]


@operation(Permission.MODEL_CREATE)
async def create_models(session: Session, actor: Actor, data: ModelsCreate) -> ModelsCreated:
    """Create many models at once: all of them or none; every fault names its row."""
    try:
        return ModelsCreated(ids=await record_models(session, actor, data.models, bulk=True))
    except Forbidden:
        raise
    except DomainError as error:  # nothing is written yet
        raise await _refuse_rows(session, actor, data.models, error) from error


@operation(Permission.MODEL_CREATE)
async def record_models(
    session: Session, actor: Actor, wanted: Sequence[ModelCreate], *, bulk: bool = False
) -> list[UUID]:
    """Record models, however many."""
    made, rows = await _prepare(session, actor, wanted, bulk=bulk)
    edits = [
        records.Edit(model, sorted(data.model_fields_set), step)
        for (model, step), data in zip(made, wanted, strict=True)
    ]
    await records.save_all(session, actor, Permission.MODEL_CREATE, edits, also=rows)
    return [model.id for model, _ in made]


async def _prepare(
    session: Session, actor: Actor, wanted: Sequence[ModelCreate], *, bulk: bool = False
) -> tuple[list[tuple[ProgrammeModel, AppliedTransition | None]], list[ModelHost]]:
    """Build models and their hosts, or refuse one of them; nothing is written."""
    known = await load_model_references(session, actor, wanted)
    await _check_not_recorded(session, actor, wanted)
    await known.judge_units(session, wanted)
    await _check_organisations(session, actor, wanted)
    _check_proposals(actor, wanted, bulk=bulk)
    made = [_model(actor, data, known) for data in wanted]
    return made, list(_host_rows([model for model, _ in made], wanted, known))


async def _refuse_rows(
    session: Session, actor: Actor, wanted: Sequence[ModelCreate], first: DomainError
) -> ModelsRefused:
    """Return the faults of all rows, each looked at by itself."""
    faults: dict[int, DomainError] = {}
    for number, data in enumerate(wanted):
        try:
            await _prepare(session, actor, [data])
        except DomainError as error:
            faults[number] = error
    if not faults:  # each is good by itself: a reference stands there twice
        twice = [data.reference for data in wanted]
        faults = {n: first for n, name in enumerate(twice) if name and twice.count(name) > 1}
    rows = sorted(faults.items())
    return ModelsRefused(*(row_error(n, wanted[n], fault) for n, fault in rows))


def _check_proposals(actor: Actor, wanted: Sequence[ModelCreate], *, bulk: bool) -> None:
    """Let a village propose a model of its own, and neither launch one nor lead one elsewhere."""
    if bulk or any(data.launched_on or len(data.units) > 1 for data in wanted):
        check_level(actor, ABOVE_VILLAGES)


async def _check_organisations(
    session: Session, actor: Actor, wanted: Sequence[ModelCreate]
) -> None:
    """Refuse host organisations out of sight, or closed when their model is launched."""
    named = {(data.host_organisation, host_day(data)) for data in wanted if data.host_organisation}
    await organisations.find_active(session, actor, named)


async def _check_not_recorded(
    session: Session, actor: Actor, wanted: Sequence[ModelCreate]
) -> None:
    references = [data.reference for data in wanted if data.reference]
    if not references:
        return
    await queries.lock_references(session, actor.client, references)
    known = await queries.list_by_reference(session, actor.client, references)
    for reference in references:
        if reference in known or references.count(reference) > 1:
            raise AlreadyRecorded(reference=reference, id=str(known.get(reference, "")))


def _model(
    actor: Actor, data: ModelCreate, known: ModelReferences
) -> tuple[ProgrammeModel, AppliedTransition | None]:
    if data.type not in known.types:
        raise build_not_found(ModelType, wanted=data.type)
    if data.replicated_from and data.replicated_from not in known.sources:
        raise SourceModelNotFound(wanted=str(data.replicated_from))
    model = ProgrammeModel(
        **data.model_dump(exclude=NOT_COLUMNS),
        host_organisation_id=data.host_organisation,
        type_id=known.types[data.type].id,
        unit_id=known.list_hosts(data)[0],
        replicated_from_id=data.replicated_from,
        state=ModelState.PROPOSED,
        source=actor.client,
        search_key=search_key(data.name),
    )
    day = today()
    taken = data.launched_on and rules.record_launch(model, data.launched_on, today=day)
    rules.check_source(model, known.sources, today=day)
    return model, taken or None


def _host_rows(
    made: Sequence[ProgrammeModel], wanted: Sequence[ModelCreate], known: ModelReferences
) -> Iterator[ModelHost]:
    for model, data in zip(made, wanted, strict=True):
        for unit in known.list_hosts(data):
            yield ModelHost(model_id=model.id, unit_id=unit)


async def has_recorded(session: Session, actor: Actor, reference: str) -> bool:
    """Return whether this client has recorded a model under this reference."""
    return bool(await queries.list_by_reference(session, actor.client, [reference]))
