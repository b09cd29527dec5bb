"""Steering committees over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.forces import committees
from app.domain.forces.committee_shape import COMMITTEE
from app.domain.forces.schemas import CommitteeChange, CommitteeCreate, CommitteeTransition

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    COMMITTEE,
    path="/committees",
    many="List the steering committees of your units, newest first.",
    one="Read one steering committee of your units.",
)


@router.post("/committees", tags=["committees"], **made(schemas.one(COMMITTEE)))
@does(committees.create_committee)
async def create_committee(
    request: Request, session: Writing, actor: CurrentActor, data: CommitteeCreate
) -> Response:
    id = await committees.create_committee(session, actor, data)
    return await answer_one(request, Inside(session), actor, COMMITTEE, id, status=201)


@router.patch("/committees/{id}", tags=["committees"], **changed(schemas.one(COMMITTEE)))
@does(committees.change_committee)
async def change_committee(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: CommitteeChange,
    expected: Expected,
) -> Response:  # fmt: skip
    await committees.change_committee(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, COMMITTEE, id)


@router.post("/committees/{id}/transitions", tags=["committees"], **changed(schemas.one(COMMITTEE)))
@does(committees.move_committee)
async def move_committee(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: CommitteeTransition,
    expected: Expected,
) -> Response:  # fmt: skip
    await committees.move_committee(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, COMMITTEE, id)
