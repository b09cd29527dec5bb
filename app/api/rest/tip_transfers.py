"""Transfers of tips between units over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.api.deps import CurrentActor, Writing
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import Expected, changed, does, made
from app.db.pool import Inside
from app.domain.tips.transferring import service
from app.domain.tips.transferring.schemas import TransferOffer, TransferStep
from app.domain.tips.transferring.shape import TIP_STUB, TIP_TRANSFER

router = APIRouter(prefix="/api/v1")
add_reads(
    router,
    TIP_TRANSFER,
    path="/tip-transfers",
    many="List the tips that are offered to your units or by them, newest first.",
    one="Read one offer of a tip to your units or by them.",
)
add_reads(
    router,
    TIP_STUB,
    path="/tip-stubs",
    many="List what your units keep of tips that they have handed over, newest first.",
    one="Read what a unit keeps of one tip that it has handed over.",
)


@router.post(
    "/tips/{id}/transfers", tags=["tip-transfers"], **made(schemas.one(TIP_TRANSFER))
)  # fmt: skip
@does(service.offer_tip)
async def offer_tip(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: TransferOffer
) -> Response:
    found = await service.offer_tip(session, actor, id, data)
    return await answer_one(request, Inside(session), actor, TIP_TRANSFER, found, status=201)


@router.post(
    "/tip-transfers/{id}/transitions",
    tags=["tip-transfers"],
    **changed(schemas.one(TIP_TRANSFER)),
)
@does(service.move_transfer)
async def move_transfer(
    request: Request, session: Writing, actor: CurrentActor, id: UUID, data: TransferStep,
    expected: Expected,
) -> Response:  # fmt: skip
    await service.move_transfer(session, actor, id, data, expected)
    return await answer_one(request, Inside(session), actor, TIP_TRANSFER, id)
