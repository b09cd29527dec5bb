"""Clients over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.told_once import ToldOnce
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.access.accounts import clients
from app.domain.access.accounts.schemas import ClientCreate, ClientSecret, HolderTransition
from app.domain.access.accounts.shape import CLIENT

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    CLIENT,
    path="/clients",
    many="List the applications and systems of your units, newest first.",
    one="Read one application or system of your units.",
)


@router.post("/clients", tags=["clients"], **made(ClientSecret))
@does(clients.register_client)
async def register_client(
    request: Request, session: Writing, actor: CurrentActor, data: ClientCreate
) -> Response:
    found = await clients.register_client(session, actor, data)
    return ToldOnce(found, found.told_once(), status=201)


@router.post("/clients/{id}/secret", tags=["clients"], **changed(ClientSecret))
@does(clients.rotate_secret)
async def rotate_secret(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, expected: Expected
) -> Response:
    found = await clients.rotate_secret(session, actor, id, expected)
    return ToldOnce(found, found.told_once())


@router.post("/clients/{id}/transitions", tags=["clients"], **changed(schemas.one(CLIENT)))
@does(clients.move_client)
async def move_client(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: HolderTransition,
    expected: Expected,
) -> Response:  # fmt: skip
    await clients.move_client(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, CLIENT, id)
