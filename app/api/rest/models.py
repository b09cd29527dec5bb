"""Programme models over HTTP."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.deps import CurrentActor, Reading, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.programme_models import coverage as spread
from app.domain.programme_models import service
from app.domain.programme_models.schemas import (
    Coverage,
    ModelChange,
    ModelCreate,
    ModelTransition,
    ModelTypeCreate,
)
from app.domain.programme_models.shape import MODEL, MODEL_TYPE

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    MODEL_TYPE,
    path="/model-types",
    many="List the kinds of programme models.",
    one="Read one kind of programme model, by id or by code.",
)
add_reads(
    router,
    MODEL,
    path="/models",
    many="List the models at work in your units, newest first.",
    one="Read one model at work in your units.",
)


@router.post("/model-types", tags=["model-types"], **made(schemas.one(MODEL_TYPE)))
@does(service.create_model_type)
async def create_model_type(
    request: Request, session: Writing, actor: CurrentActor, data: ModelTypeCreate
) -> Response:
    id = await service.create_model_type(session, actor, data)
    return await answer_one(request, Inside(session), actor, MODEL_TYPE, id, status=201)


@router.get("/model-types/{type}/coverage", tags=["model-types"], **changed(Coverage))
@does(spread.coverage)
async def model_coverage(
    session: Reading,
    actor: CurrentActor,
    type: str,
    unit: Annotated[str, Query(description="of which unit, by id or by code")],
    on: Annotated[date | None, Query(description="the day of the facts; today unless said")] = None,
    boundary: Annotated[
        str, Query(description="as_recorded, current, or as_of:YYYY-MM-DD")
    ] = "as_recorded",
) -> Response:
    found = await spread.coverage(session, actor, type, unit=unit, on=on, boundary=boundary)
    return Response(found.model_dump_json(), media_type="application/json")


@router.post("/models", tags=["models"], **made(schemas.one(MODEL)))
@does(service.create_model)
async def create_model(
    request: Request, session: Writing, actor: CurrentActor, data: ModelCreate
) -> Response:
    id = await service.create_model(session, actor, data)
    return await answer_one(request, Inside(session), actor, MODEL, id, status=201)


@router.post("/models/{id}/transitions", tags=["models"], **changed(schemas.one(MODEL)))
@does(service.move_model)
async def move_model(
    request: Request,
    session: Writing,
    actor: CurrentActor,
    id: UUID,
    data: ModelTransition,
    expected: Expected,
) -> Response:
    await service.move_model(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MODEL, id)


@router.patch("/models/{id}", tags=["models"], **changed(schemas.one(MODEL)))
@does(service.change_model)
async def change_model(
    request: Request,
    session: Writing,
    actor: CurrentActor,
    id: UUID,
    data: ModelChange,
    expected: Expected,
) -> Response:
    await service.change_model(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MODEL, id)
