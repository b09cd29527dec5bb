"""What tips say, over HTTP: opened for who is assigned, and on record before it leaves."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.api.deps import CurrentActor, CurrentHouse, Writing
from app.api.rest import schemas
from app.api.rest.writes import changed, does, made
from app.domain.tips.handling import conversing, linking, reading
from app.domain.tips.handling.schemas import (
    AlikeTips,
    TipContent,
    TipMessageCreate,
    TipMessageSent,
)

router = APIRouter(prefix="/api/v1", tags=["tips"])
UNSTORED = {"cache-control": "no-store"}
SAFE = UNSTORED | {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "content-disposition": "attachment",
}
FILE = {"description": "The file.", "content": {"application/octet-stream": {}}}


@router.get("/tips/{id}/content", **changed(TipContent))
@does(reading.tip_content)
async def tip_content(
    house: CurrentHouse, actor: CurrentActor, id: UUID,
    whole: Annotated[bool, Query(description="without redactions, where it was received")] = False,
) -> Response:  # fmt: skip
    async with house.writing(actor) as session:
        found = await reading.tip_content(session, actor, id, house.tips, whole=whole)
    return Response(found.model_dump_json(), 200, UNSTORED, "application/json")


@router.get(
    "/tips/{id}/attachments/{attachment_id}/content",
    response_model=None,
    responses={200: FILE, **schemas.READ_PROBLEMS},
)
@does(reading.tip_attachment_content)
async def tip_attachment_content(
    house: CurrentHouse, actor: CurrentActor, id: UUID, attachment_id: UUID
) -> Response:
    async with house.writing(actor) as session:
        found = await reading.tip_attachment_content(session, actor, id, attachment_id, house.tips)
    return Response(found.content, 200, SAFE, found.media_type)


@router.get("/tips/{id}/alike", **changed(AlikeTips))
@does(linking.alike_tips)
async def alike_tips(house: CurrentHouse, actor: CurrentActor, id: UUID) -> Response:
    async with house.writing(actor) as session:
        found = await linking.alike_tips(session, actor, id)
    return Response(found.model_dump_json(), 200, UNSTORED, "application/json")


@router.post("/tips/{id}/messages", **made(TipMessageSent))
@does(conversing.send_tip_message)
async def send_tip_message(
    request: Request, session: Writing, actor: CurrentActor, house: CurrentHouse, id: UUID,
    data: TipMessageCreate,
) -> Response:  # fmt: skip
    found = await conversing.send_tip_message(session, actor, id, data, house.tips)
    return Response(found.model_dump_json(), 201, UNSTORED, "application/json")
