"""Files of documents over HTTP: sent and read as they are, without a form around them."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import StreamingResponse

from app.api.deps import CurrentActor, CurrentHouse, Reading
from app.api.rest import schemas
from app.api.rest.reads import add_reads, answer_one
from app.api.rest.writes import does, file_body, made
from app.db.pool import Inside
from app.domain.documents.attachments import names, receiving, service
from app.domain.documents.attachments.sniffing import MEDIA
from app.domain.documents.shape import ATTACHMENT

router = APIRouter(prefix="/api/v1")
CONTENT = {"description": "The file.", "content": {"application/octet-stream": {}}}
FileName = Annotated[
    str | None, Header(description="the name of the file, percent-encoded as UTF-8")
]
SAFE = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, no-cache",
}
add_reads(
    router,
    ATTACHMENT,
    path="/attachments",
    many="List the files of documents that you may read.",
    one="Read what is known of one file of a document.",
)


@router.post(
    "/documents/{id}/attachments",
    tags=["attachments"],
    **made(schemas.one(ATTACHMENT)),
    **file_body(*MEDIA.values()),
)
@does(service.attach)
async def attach(
    request: Request,
    house: CurrentHouse,
    actor: CurrentActor,
    id: UUID,
    file_name: FileName = None,
) -> Response:
    """Add a file to a document; sent again it is the same, with or without a key.

    While it is sent nothing of the database is held for it.
    """
    async with house.reading(actor) as session:
        await service.may_attach(session, actor, id)
    most, name = house.settings.most_attachment_bytes, names.decoded(file_name)
    async with (
        receiving.received(name, request.stream(), most) as given,
        house.writing(actor) as session,
    ):
        added = await service.attach(session, actor, id, given, house.storage)
        return await answer_one(request, Inside(session), actor, ATTACHMENT, added, status=201)


@router.get(
    "/attachments/{id}/content",
    tags=["attachments"],
    response_model=None,
    responses={200: CONTENT, **schemas.READ_PROBLEMS},
)
@does(service.attachment_content)
async def attachment_content(
    request: Request, session: Reading, actor: CurrentActor, house: CurrentHouse, id: UUID
) -> Response:
    found = await service.attachment_content(session, actor, id, house.storage)
    known = found.attachment
    headers = SAFE | {"etag": f'"{known.sha256}"'}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    name = quote(known.file_name, safe="")
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
    headers["content-length"] = str(known.size)
    return StreamingResponse(found.pieces, headers=headers, media_type=known.media_type)
