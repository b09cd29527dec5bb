"""Programme models over HTTP: recorded, changed, taken through their life."""

from enum import Enum
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.programme_models import changing, membership, reviewing, service
from app.domain.programme_models.schemas import (
    ModelChange,
    ModelCreate,
    ModelMembersAdd,
    ModelMembersEnd,
    ModelReviewAdd,
    ModelsCreate,
    ModelsRecorded,
    ModelTransition,
)
from app.domain.programme_models.shape import MODEL

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    MODEL,
    path="/models",
    many="List the models at work in your units, newest first.",
    one="Read one model at work in your units.",
)
TAG: list[str | Enum] = ["models"]
ONE = changed(schemas.one(MODEL))


@router.post("/models", tags=TAG, **made(schemas.one(MODEL)))
@does(service.create_model)
async def create_model(
    request: Request, session: Writing, actor: CurrentActor, data: ModelCreate
) -> Response:
    id = await service.create_model(session, actor, data)
    return await answer_one(request, Inside(session), actor, MODEL, id, status=201)


@router.post("/models/bulk", tags=TAG, **made(ModelsRecorded))
@does(service.create_models)
async def create_models(
    request: Request, session: Writing, actor: CurrentActor, data: ModelsCreate
) -> Response:
    ids = await service.create_models(session, actor, data.models)
    body = ModelsRecorded(ids=ids).model_dump_json()
    return Response(body, 201, media_type="application/json")


@router.post("/models/{id}/transitions", tags=TAG, **ONE)
@does(changing.move_model)
async def move_model(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: ModelTransition,
    expected: Expected,
) -> Response:  # fmt: skip
    await changing.move_model(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MODEL, id)


@router.patch("/models/{id}", tags=TAG, **ONE)
@does(changing.change_model)
async def change_model(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: ModelChange,
    expected: Expected,
) -> Response:  # fmt: skip
    await changing.change_model(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MODEL, id)


@router.post("/models/{id}/members", tags=TAG, **ONE)
@does(membership.add_model_members)
async def add_model_members(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: ModelMembersAdd,
    expected: Expected,
) -> Response:  # fmt: skip
    await membership.add_model_members(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MODEL, id)


@router.post("/models/{id}/members/{member}/end", tags=TAG, **ONE)
@does(membership.end_model_members)
async def end_model_members(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, member: UUID,
    data: ModelMembersEnd, expected: Expected,
) -> Response:  # fmt: skip
    await membership.end_model_members(session, actor, id, member, data, expected)
    return await answer_one(request, Inside(session), actor, MODEL, id)


@router.post("/models/{id}/reviews", tags=TAG, **ONE)
@does(reviewing.add_model_review)
async def add_model_review(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: ModelReviewAdd,
    expected: Expected,
) -> Response:  # fmt: skip
    await reviewing.add_model_review(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, MODEL, id)
