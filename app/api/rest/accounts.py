"""Accounts over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.told_once import ToldOnce
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.access.accounts import service, welcoming
from app.domain.access.accounts.schemas import (
    AccountChange,
    AccountCreate,
    HolderTransition,
    IdentityLink,
    Invited,
)
from app.domain.access.accounts.shape import ACCOUNT

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    ACCOUNT,
    path="/accounts",
    many="List the accounts of people of your units, newest first.",
    one="Read one account of a person of your units.",
)


@router.post("/accounts", tags=["accounts"], **made(schemas.one(ACCOUNT)))
@does(service.create_account)
async def create_account(
    request: Request, session: Writing, actor: CurrentActor, data: AccountCreate
) -> Response:
    id = await service.create_account(session, actor, data)
    return await answer_one(request, Inside(session), actor, ACCOUNT, id, status=201)


@router.patch("/accounts/{id}", tags=["accounts"], **changed(schemas.one(ACCOUNT)))
@does(service.change_account)
async def change_account(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: AccountChange,
    expected: Expected,
) -> Response:  # fmt: skip
    await service.change_account(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, ACCOUNT, id)


@router.post("/accounts/{id}/transitions", tags=["accounts"], **changed(schemas.one(ACCOUNT)))
@does(service.move_account)
async def move_account(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: HolderTransition,
    expected: Expected,
) -> Response:  # fmt: skip
    await service.move_account(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, ACCOUNT, id)


@router.post("/accounts/{id}/identity", tags=["accounts"], **changed(schemas.one(ACCOUNT)))
@does(service.link_identity)
async def link_identity(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: IdentityLink,
    expected: Expected,
) -> Response:  # fmt: skip
    await service.link_identity(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, ACCOUNT, id)


@router.post("/accounts/{id}/invitations", tags=["accounts"], **made(Invited))
@does(welcoming.invite_account)
async def invite_account(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, expected: Expected
) -> Response:
    found = await welcoming.invite_account(session, actor, id, expected)
    return ToldOnce(found, found.told_once(), status=201)
