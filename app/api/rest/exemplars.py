"""Exemplars over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.documents.commendations import exemplars
from app.domain.documents.commendations.schemas import ExemplarChange, ExemplarCreate
from app.domain.documents.commendations.shape import EXEMPLAR

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    EXEMPLAR,
    path="/exemplars",
    many="List the examples that others follow, of your units.",
    one="Read one exemplar.",
)


@router.post("/exemplars", tags=["exemplars"], **made(schemas.one(EXEMPLAR)))
@does(exemplars.create_exemplar)
async def create_exemplar(
    request: Request, session: Writing, actor: CurrentActor, data: ExemplarCreate
) -> Response:
    id = await exemplars.create_exemplar(session, actor, data)
    return await answer_one(request, Inside(session), actor, EXEMPLAR, id, status=201)


@router.patch("/exemplars/{id}", tags=["exemplars"], **changed(schemas.one(EXEMPLAR)))
@does(exemplars.change_exemplar)
async def change_exemplar(
    request: Request,
    session: Writing,
    actor: CurrentActor,
    id: UUID,
    data: ExemplarChange,
    expected: Expected,
) -> Response:
    await exemplars.change_exemplar(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, EXEMPLAR, id)
