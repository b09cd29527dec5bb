"""Changes of the map over HTTP."""

from enum import Enum
from uuid import UUID

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, file_body, file_of, made
from app.db.pool import Inside
from app.domain.units import files
from app.domain.units.reorganisations import moving, service
from app.domain.units.reorganisations.schemas import (
    Drafted,
    DryRun,
    ReorganisationDraft,
    ReorganisationTransition,
)
from app.domain.units.reorganisations.shape import REORGANISATION

PATH = "/unit-reorganisations"
TAGS: list[str | Enum] = ["unit-reorganisations"]
router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    REORGANISATION,
    path=PATH,
    many="List the changes of the map, newest first.",
    one="Read one change of the map.",
)


@router.post(PATH, tags=TAGS, **made(schemas.one(REORGANISATION)))
@does(service.draft_reorganisation)
async def draft_reorganisation(
    request: Request, session: Writing, actor: CurrentActor, data: ReorganisationDraft
) -> Response:
    id = await service.draft_reorganisation(session, actor, data)
    return await answer_one(request, Inside(session), actor, REORGANISATION, id, status=201)


@router.post(PATH + "/import", tags=TAGS, **made(Drafted), **file_body())
@does(moving.draft_corrections)
async def draft_corrections(request: Request, session: Writing, actor: CurrentActor) -> Response:
    """Draft corrections of the succession mapping from a file, one draft for each day in it."""
    rows = files.rows_of(*await file_of(request, taken=tuple(files.READERS)))
    found = Drafted(ids=await moving.draft_corrections(session, actor, rows))
    return JSONResponse(found.model_dump(mode="json"), 201)


@router.post(PATH + "/{id}/dry-run", tags=TAGS, **changed(DryRun))
@does(service.dry_run)
async def dry_run(request: Request, session: Writing, actor: CurrentActor, id: UUID) -> Response:
    found = await service.dry_run(session, actor, id)
    return Response(found.model_dump_json(), media_type="application/json")


@router.post(PATH + "/{id}/transitions", tags=TAGS, **changed(schemas.one(REORGANISATION)))
@does(moving.move_reorganisation)
async def move_reorganisation(
    request: Request,
    session: Writing,
    actor: CurrentActor,
    id: UUID,
    data: ReorganisationTransition,
    expected: Expected,
) -> Response:
    moved = await moving.move_reorganisation(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, REORGANISATION, moved)
