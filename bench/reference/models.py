"""Programme models the plain way: select rows, let the response model write them."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlmodel import col, func, select

from app.db.tables.programme_models import ModelHost, ModelState, ModelType, ProgrammeModel
from app.db.tables.units import UnitDated
from app.db.vietnamese import search_key
from app.domain.actor import Actor, Permission
from app.domain.programme_models import rules
from app.domain.programme_models.errors import AlreadyRecorded
from app.domain.programme_models.hosts import by_host
from app.domain.programme_models.schemas import ModelCreate
from app.domain.records.errors import build_not_found
from app.domain.scope import in_scope
from app.domain.units.errors import UnitNotFound
from app.domain.units.queries import MAP_LOCK
from app.domain.units.shape import today
from bench.reference.deps import CurrentActor, CurrentSession, Session
from bench.reference.schemas import ModelPage, ModelRead

router = APIRouter(prefix="/api/v1")
HOSTED = by_host(lambda model: model.id)


async def page(
    session: Session, actor: Actor, limit: int, cursor: UUID | None
) -> tuple[list[ProgrammeModel], bool]:
    """The actor's models, newest first, and whether more follow."""
    actor.require(Permission.MODEL_READ)
    statement = select(ProgrammeModel).where(HOSTED[actor.level](ProgrammeModel, actor.unit_id))
    if cursor:
        statement = statement.where(col(ProgrammeModel.id) < cursor)
    statement = statement.order_by(col(ProgrammeModel.id).desc()).limit(limit + 1)
    rows = list((await session.exec(statement)).all())
    return rows[:limit], len(rows) > limit


@router.get("/models", response_model=ModelPage)
async def list_models(
    session: CurrentSession,
    actor: CurrentActor,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    cursor: UUID | None = None,
) -> Any:
    rows, more = await page(session, actor, limit, cursor)
    return {"items": rows, "next": rows[-1].id if more else None}


@router.post("/models", response_model=ModelRead, status_code=201)
async def create_model(session: CurrentSession, actor: CurrentActor, data: ModelCreate) -> Any:
    actor.require(Permission.MODEL_CREATE)
    kind = await _kind(session, data.type)
    await _check_reference_is_new(session, actor, data.reference)
    await session.exec(select(func.pg_advisory_xact_lock_shared(MAP_LOCK)))
    day = data.launched_on or today()
    units = [await _unit(session, actor, code, day) for code in data.units]
    model = _model(actor, data, kind, units[0].id)
    session.add(model)
    await session.flush()
    for unit in units:
        session.add(ModelHost(model_id=model.id, unit_id=unit.id, created_by=actor.subject))
    await session.commit()
    await session.refresh(model)
    return model


async def _kind(session: Session, code: str) -> ModelType:
    found = (await session.exec(select(ModelType).where(ModelType.code == code))).one_or_none()
    if found is None:
        raise build_not_found(ModelType, wanted=code)
    return found


async def _check_reference_is_new(session: Session, actor: Actor, reference: str | None) -> None:
    if reference is None:
        return
    statement = select(ProgrammeModel.id).where(
        ProgrammeModel.source == actor.client, ProgrammeModel.reference == reference
    )
    if known := (await session.exec(statement)).one_or_none():
        raise AlreadyRecorded(reference=reference, id=str(known))


async def _unit(session: Session, actor: Actor, code: str, day: date) -> UnitDated:
    statement = select(UnitDated).where(
        UnitDated.code == code,
        UnitDated.valid_from <= day,
        UnitDated.valid_to > day,
        in_scope(UnitDated, actor),
    )
    found = (await session.exec(statement)).one_or_none()
    if found is None:
        raise UnitNotFound(wanted=code, day=day.isoformat())
    return found


def _model(actor: Actor, data: ModelCreate, kind: ModelType, unit: UUID) -> ProgrammeModel:
    model = ProgrammeModel(
        **data.model_dump(exclude={"type", "units", "launched_on", "replicated_from"}),
        type_id=kind.id,
        unit_id=unit,
        state=ModelState.PROPOSED,
        source=actor.client,
        search_key=search_key(data.name),
        created_by=actor.subject,
        changed_by=actor.subject,
    )
    if data.launched_on:
        rules.record_launch(model, data.launched_on, today=today())
    return model
