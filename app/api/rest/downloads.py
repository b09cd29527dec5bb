"""Contents as answers: the files of documents and of tips. Written by hand."""

from urllib.parse import quote
from uuid import UUID

from fastapi import Request, Response
from fastapi.responses import StreamingResponse

from app.api.deps import CurrentActor, CurrentState, ReadSession, WriteSession
from app.api.rest.operations import NO_STORE, describe_endpoint
from app.api.rest.query_params import refuse_unknown
from app.api.rest.schemas import READ_PROBLEMS
from app.domain.attachments import service
from app.domain.exchange.exports import service as exports
from app.domain.exchange.exports.content import describe_file
from app.domain.tips.handling import content

FILE = {"description": "The file.", "content": {"application/octet-stream": {}}}
NEVER_RUN = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
}


@describe_endpoint(response_model=None, responses={200: FILE, **READ_PROBLEMS})
async def attachment_content(
    request: Request, session: ReadSession, actor: CurrentActor, app_state: CurrentState, id: UUID
) -> Response:
    refuse_unknown(request.query_params, ())
    found = await service.attachment_content(session, actor, id, app_state.storage)
    known = found.attachment
    headers = NEVER_RUN | {"cache-control": "private, no-cache", "etag": f'"{known.sha256}"'}
    if headers["etag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    name = quote(known.file_name, safe="")
    headers["content-disposition"] = f"attachment; filename*=UTF-8''{name}"
    headers["content-length"] = str(known.size)
    return StreamingResponse(found.pieces, headers=headers, media_type=known.media_type)


@describe_endpoint(response_model=None, responses={200: FILE, **READ_PROBLEMS})
async def tip_attachment_content(
    request: Request,
    session: WriteSession,
    actor: CurrentActor,
    app_state: CurrentState,
    id: UUID,
    attachment_id: UUID,
) -> Response:
    refuse_unknown(request.query_params, ())
    found = await content.tip_attachment_content(session, actor, id, attachment_id, app_state.tips)
    headers = NO_STORE | NEVER_RUN | {"content-disposition": "attachment"}
    return Response(found.content, 200, headers, found.media_type)


@describe_endpoint(response_model=None, responses={200: FILE, **READ_PROBLEMS})
async def export_content(
    request: Request, session: WriteSession, actor: CurrentActor, app_state: CurrentState, id: UUID
) -> Response:
    refuse_unknown(request.query_params, ())
    found = await exports.export_content(session, actor, id, app_state.exports)
    name, media_type = describe_file(found.export)
    headers = NO_STORE | NEVER_RUN | {
        "content-disposition": f'attachment; filename="{name}"',
        "content-length": str(found.export.size),
    }  # fmt: skip
    return StreamingResponse(found.pieces, headers=headers, media_type=media_type)
