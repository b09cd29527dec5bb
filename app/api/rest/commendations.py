"""Commendations over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Reading, Writing
from app.api.rest import schemas
from app.api.rest.documents import First, Last, OfUnit
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.documents import tallies
from app.domain.documents.commendations import service
from app.domain.documents.commendations.schemas import (
    CommendationChange,
    CommendationCreate,
    CommendationTransition,
)
from app.domain.documents.commendations.shape import COMMENDATION
from app.domain.documents.schemas import Tally

router = APIRouter(prefix="/api/v1")
ANSWERS = schemas.one(COMMENDATION)


@router.get("/commendations/tally", tags=["commendations"], **changed(Tally))
@does(tallies.commendation_tally)
async def commendation_tally(
    session: Reading, actor: CurrentActor, unit: OfUnit = None, first: First = tallies.FIRST,
    last: Last = tallies.LAST,
) -> Response:  # fmt: skip
    found = await tallies.commendation_tally(session, actor, unit=unit, first=first, last=last)
    return Response(found.model_dump_json(), media_type="application/json")


add_reads(
    router,
    COMMENDATION,
    path="/commendations",
    many="List the commendations of your units, nominated, decided and given.",
    one="Read one commendation.",
)


@router.post("/commendations", tags=["commendations"], **made(ANSWERS))
@does(service.create_commendation)
async def create_commendation(
    request: Request, session: Writing, actor: CurrentActor, data: CommendationCreate
) -> Response:
    id = await service.create_commendation(session, actor, data)
    return await answer_one(request, Inside(session), actor, COMMENDATION, id, status=201)


@router.patch("/commendations/{id}", tags=["commendations"], **changed(ANSWERS))
@does(service.change_commendation)
async def change_commendation(
    request: Request,
    session: Writing,
    actor: CurrentActor,
    id: UUID,
    data: CommendationChange,
    expected: Expected,
) -> Response:
    await service.change_commendation(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, COMMENDATION, id)


@router.post("/commendations/{id}/transitions", tags=["commendations"], **changed(ANSWERS))
@does(service.move_commendation)
async def move_commendation(
    request: Request,
    session: Writing,
    actor: CurrentActor,
    id: UUID,
    data: CommendationTransition,
    expected: Expected,
) -> Response:
    await service.move_commendation(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, COMMENDATION, id)
