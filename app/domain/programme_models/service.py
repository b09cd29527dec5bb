"""Operations on programme models: create one or many, proposed or at work."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
from app.domain.programme_models.row_faults import row_error
from app.domain.programme_models.schemas import ModelCreate, ModelsCreate, ModelsCreated
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.state_machine import AppliedTransition
from app.domain.units import service as units
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
    types = await queries.find_types(session, [data.type for data in wanted])
    await _check_not_recorded(session, actor, wanted)
    hosts = await _hosts(session, actor, wanted)
    await _check_organisations(session, actor, wanted)
    _check_proposals(actor, wanted, bulk=bulk)
    sources = await queries.list_sources(
        session, (d.replicated_from for d in wanted if d.replicated_from)
    )
    made = [_model(actor, data, types, hosts, sources) for data in wanted]
    return made, list(_host_rows([model for model, _ in made], wanted, hosts))


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


@dataclass(frozen=True, slots=True)
class _Hosts:
    """The units named as hosts, each on the day that matters for its model."""

    found: Mapping[tuple[str, date], UUID]

    def of(self, data: ModelCreate) -> list[UUID]:
        day = data.launched_on or today()
        return list(dict.fromkeys(self.found[unit, day] for unit in data.units))


async def _hosts(session: Session, actor: Actor, wanted: Sequence[ModelCreate]) -> _Hosts:
    day = today()
    named = [(unit, data.launched_on or day) for data in wanted for unit in data.units]
    own = {(data.units[0], data.launched_on or day) for data in wanted}
    return _Hosts(await units.open_units(session, actor, list(dict.fromkeys(named)), own=own))


async def _check_organisations(
    session: Session, actor: Actor, wanted: Sequence[ModelCreate]
) -> None:
    """Refuse host organisations out of sight, or closed when their model is launched."""
    named = {
        (data.host_organisation, data.launched_on or today())
        for data in wanted
        if data.host_organisation
    }
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
    actor: Actor,
    data: ModelCreate,
    types: Mapping[str, ModelType],
    hosts: _Hosts,
    sources: Mapping[UUID, ProgrammeModel],
) -> tuple[ProgrammeModel, AppliedTransition | None]:
    if data.type not in types:
        raise build_not_found(ModelType, wanted=data.type)
    if data.replicated_from and data.replicated_from not in sources:
        raise SourceModelNotFound(wanted=str(data.replicated_from))
    model = ProgrammeModel(
        **data.model_dump(exclude=NOT_COLUMNS),
        host_organisation_id=data.host_organisation,
        type_id=types[data.type].id,
        unit_id=hosts.of(data)[0],
        replicated_from_id=data.replicated_from,
        state=ModelState.PROPOSED,
        source=actor.client,
        search_key=search_key(data.name),
    )
    day = today()
    taken = data.launched_on and rules.record_launch(model, data.launched_on, today=day)
    rules.check_source(model, sources, today=day)
    return model, taken or None


def _host_rows(
    made: Sequence[ProgrammeModel], wanted: Sequence[ModelCreate], hosts: _Hosts
) -> Iterator[ModelHost]:
    for model, data in zip(made, wanted, strict=True):
        for unit in hosts.of(data):
            yield ModelHost(model_id=model.id, unit_id=unit)


async def has_recorded(session: Session, actor: Actor, reference: str) -> bool:
    """Return whether this client has recorded a model under this reference."""
    return bool(await queries.list_by_reference(session, actor.client, [reference]))
