"""Requests to know informants over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, CurrentHouse, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.tips.identity import opening, service
from app.domain.tips.identity.schemas import IdentityAsk, IdentityStep, OpenedIdentity
from app.domain.tips.identity.shape import IDENTITY_REQUEST

NOT_KEPT = {"cache-control": "no-store"}
router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    IDENTITY_REQUEST,
    path="/identity-requests",
    many="List the requests to know informants of your units, newest first.",
    one="Read one request to know an informant.",
)


@router.post(
    "/tips/{id}/identity-requests",
    tags=["identity-requests"],
    **made(schemas.one(IDENTITY_REQUEST)),
)
@does(service.request_identity)
async def request_identity(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: IdentityAsk
) -> Response:
    found = await service.request_identity(session, actor, id, data)
    return await answer_one(
        request, Inside(session), actor, IDENTITY_REQUEST, found, status=201
    )  # fmt: skip


@router.post(
    "/identity-requests/{id}/transitions",
    tags=["identity-requests"],
    **changed(schemas.one(IDENTITY_REQUEST)),
)
@does(service.move_request)
async def move_request(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: IdentityStep,
    expected: Expected,
) -> Response:  # fmt: skip
    await service.move_request(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, IDENTITY_REQUEST, id)


@router.post(
    "/identity-requests/{id}/open", tags=["identity-requests"], **changed(OpenedIdentity)
)  # fmt: skip
@does(opening.open_identity)
async def open_identity(house: CurrentHouse, actor: CurrentActor, id: UUID) -> Response:
    found = await opening.open_identity(house.tips, actor, id)
    return Response(found.model_dump_json(), 200, NOT_KEPT, "application/json")
