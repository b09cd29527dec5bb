"""The catalogue of model types, its recognitions and its rule of review over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.programme_models import recognising, reviewing, types
from app.domain.programme_models.schemas import (
    ModelReviewRuleCreate,
    ModelTypeChange,
    ModelTypeCreate,
    RecognitionCreate,
    RecognitionTransition,
)
from app.domain.programme_models.type_shapes import MODEL_TYPE, RECOGNITION, REVIEW_RULE

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
    RECOGNITION,
    path="/model-recognitions",
    many="List the recognitions of types and models, newest first.",
    one="Read one recognition.",
)
add_reads(
    router,
    REVIEW_RULE,
    path="/model-review-rules",
    many="List the rules by which models are due for review, newest first.",
    one="Read one rule of review.",
)


@router.post("/model-types", tags=["model-types"], **made(schemas.one(MODEL_TYPE)))
@does(types.create_model_type)
async def create_model_type(
    request: Request, session: Writing, actor: CurrentActor, data: ModelTypeCreate
) -> Response:
    id = await types.create_model_type(session, actor, data)
    return await answer_one(request, Inside(session), actor, MODEL_TYPE, id, status=201)


@router.patch("/model-types/{type}", tags=["model-types"], **changed(schemas.one(MODEL_TYPE)))
@does(types.change_model_type)
async def change_model_type(
    request: Request, session: Writing, actor: CurrentActor, type: str, data: ModelTypeChange,
    expected: Expected,
) -> Response:  # fmt: skip
    id = await types.change_model_type(session, actor, type, data, expected)
    return await answer_one(request, Inside(session), actor, MODEL_TYPE, id)


@router.post("/model-recognitions", tags=["model-recognitions"], **made(schemas.one(RECOGNITION)))
@does(recognising.create_recognition)
async def create_recognition(
    request: Request, session: Writing, actor: CurrentActor, data: RecognitionCreate
) -> Response:
    id = await recognising.create_recognition(session, actor, data)
    return await answer_one(request, Inside(session), actor, RECOGNITION, id, status=201)


@router.post(
    "/model-recognitions/{id}/transitions",
    tags=["model-recognitions"],
    **changed(schemas.one(RECOGNITION)),
)
@does(recognising.move_recognition)
async def move_recognition(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: RecognitionTransition,
    expected: Expected,
) -> Response:  # fmt: skip
    await recognising.move_recognition(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, RECOGNITION, id)


@router.post("/model-review-rules", tags=["model-review-rules"], **made(schemas.one(REVIEW_RULE)))
@does(reviewing.add_model_review_rule)
async def add_model_review_rule(
    request: Request, session: Writing, actor: CurrentActor, data: ModelReviewRuleCreate
) -> Response:
    id = await reviewing.add_model_review_rule(session, actor, data)
    return await answer_one(request, Inside(session), actor, REVIEW_RULE, id, status=201)
