"""Documents, and counts of them, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.deps import CurrentActor, Reading, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.documents import service, tallies
from app.domain.documents.schemas import (
    DocumentChange,
    DocumentCreate,
    DocumentTransition,
    Tally,
    TallyCreate,
)
from app.domain.documents.shape import DOCUMENT, STATED_TALLY

router = APIRouter(prefix="/api/v1")
OfUnit = Annotated[str | None, Query(max_length=40, description="of this unit or below it")]
First = Annotated[int, Query(ge=1900, le=2200, alias="from", description="the first year")]
Last = Annotated[int, Query(ge=1900, le=2200, alias="to", description="the last year")]


@router.get("/documents/tally", tags=["documents"], **changed(Tally))
@does(tallies.document_tally)
async def document_tally(
    session: Reading, actor: CurrentActor, unit: OfUnit = None, first: First = tallies.FIRST,
    last: Last = tallies.LAST,
) -> Response:  # fmt: skip
    found = await tallies.document_tally(session, actor, unit=unit, first=first, last=last)
    return Response(found.model_dump_json(), media_type="application/json")


add_reads(
    router,
    DOCUMENT,
    path="/documents",
    many="List the documents of your units, and what the units above have issued.",
    one="Read one document; `expand=attachments,supersedes,superseded_by` tell more of it.",
)
add_reads(
    router,
    STATED_TALLY,
    path="/stated-tallies",
    many="List numbers as sources state them, in their own words.",
    one="Read one number as its source states it.",
)


@router.post("/documents", tags=["documents"], **made(schemas.one(DOCUMENT)))
@does(service.create_document)
async def create_document(
    request: Request, session: Writing, actor: CurrentActor, data: DocumentCreate
) -> Response:
    id = await service.create_document(session, actor, data)
    return await answer_one(request, Inside(session), actor, DOCUMENT, id, status=201)


@router.patch("/documents/{id}", tags=["documents"], **changed(schemas.one(DOCUMENT)))
@does(service.change_document)
async def change_document(
    request: Request,
    session: Writing,
    actor: CurrentActor,
    id: UUID,
    data: DocumentChange,
    expected: Expected,
) -> Response:
    await service.change_document(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, DOCUMENT, id)


@router.post("/documents/{id}/transitions", tags=["documents"], **changed(schemas.one(DOCUMENT)))
@does(service.move_document)
async def move_document(
    request: Request,
    session: Writing,
    actor: CurrentActor,
    id: UUID,
    data: DocumentTransition,
    expected: Expected,
) -> Response:
    await service.move_document(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, DOCUMENT, id)


@router.post("/stated-tallies", tags=["documents"], **made(schemas.one(STATED_TALLY)))
@does(tallies.state_tally)
async def state_tally(
    request: Request, session: Writing, actor: CurrentActor, data: TallyCreate
) -> Response:
    id = await tallies.state_tally(session, actor, data)
    return await answer_one(request, Inside(session), actor, STATED_TALLY, id, status=201)
