"""Files over GraphQL: small ones, as base64; the others go over REST. Written by hand."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import strawberry

from app.api.graphql.context import Info
from app.api.graphql.mutations import run_mutation
from app.api.http_errors import BadRequest
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.attachments import service, uploads
from app.domain.documents.shape import ATTACHMENT
from app.domain.exchange.exports import service as exports
from app.domain.exchange.exports.content import describe_file
from app.domain.tips.handling.content import tip_attachment_content as read_tip_attachment

MAX_BYTES = 262_144


@strawberry.type(description="A content with what is known of it.")
class AttachmentContent:
    file_name: str
    media_type: str
    size: int
    sha256: str
    content: str = strawberry.field(description="base64")


@strawberry.input(description="A file for a document.")
class AttachmentAdd:
    file_name: str
    content: str = strawberry.field(description="base64")


@strawberry.type(description="A file of an informant, opened.")
class TipAttachmentContent:
    media_type: str
    content: str = strawberry.field(description="base64")


@strawberry.type(description="An exported file.")
class ExportContent:
    file_name: str
    media_type: str
    size: int
    sha256: str
    content: str = strawberry.field(description="base64")


async def export_content(self: Any, info: Info, id: UUID) -> ExportContent:
    actor, app_state = info.context.actor, info.context.app_state
    async with info.context.at_once, app_state.writing(actor) as session:
        found = await exports.export_content(session, actor, id, app_state.exports, MAX_BYTES)
    whole = b"".join([piece async for piece in found.pieces])
    name, media_type = describe_file(found.export)
    return ExportContent(
        file_name=name, media_type=media_type, size=len(whole),
        sha256=str(found.export.sha256), content=b64encode(whole).decode(),
    )  # fmt: skip


async def attachment_content(self: Any, info: Info, id: UUID) -> AttachmentContent:
    actor, app_state = info.context.actor, info.context.app_state
    async with info.context.at_once, app_state.reading(actor) as session:
        found = await service.attachment_content(session, actor, id, app_state.storage, MAX_BYTES)
    whole, known = b"".join([piece async for piece in found.pieces]), found.attachment
    return AttachmentContent(
        file_name=known.file_name, media_type=known.media_type, size=known.size,
        sha256=known.sha256, content=b64encode(whole).decode(),
    )  # fmt: skip


async def add_attachment(self: Any, info: Info, document_id: UUID, data: AttachmentAdd) -> Any:
    app_state = info.context.app_state
    files, storage = app_state.files, app_state.storage

    async def act(session: Session, actor: Actor) -> UUID:
        await service.may_attach(session, actor, document_id)
        content = _pieces(data.content)
        async with uploads.receive_upload(files, data.file_name, content, MAX_BYTES) as given:
            return await service.attach(session, actor, document_id, given, storage)

    return await run_mutation(info, ATTACHMENT, act)


async def tip_attachment_content(
    self: Any, info: Info, id: UUID, attachment_id: UUID
) -> TipAttachmentContent | None:
    app_state, actor, read = info.context.app_state, info.context.actor, read_tip_attachment
    async with info.context.at_once, app_state.writing(actor) as session:
        found = await read(session, actor, id, attachment_id, app_state.tips, MAX_BYTES)
    content = b64encode(found.content).decode()
    return TipAttachmentContent(media_type=found.media_type, content=content)


async def _pieces(content: str) -> AsyncIterator[bytes]:
    try:
        yield b64decode(content, validate=True)
    except (Error, ValueError):
        raise BadRequest() from None
