"""Files of documents over GraphQL: small ones, as base64; the others go over REST."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import strawberry

from app.api.graphql.acting import write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.api.refusals import BadRequest
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.documents.attachments import receiving, service
from app.domain.documents.shape import ATTACHMENT

MOST = 262_144


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


@strawberry.type
class AttachmentQuery:
    attachment = read_one(ATTACHMENT, "What is known of one file of a document.")
    attachments = read_page(ATTACHMENT, "The files of documents you may read, a page at a time.")

    @does(service.attachment_content)
    async def attachment_content(self, info: Info, id: UUID) -> AttachmentContent:
        actor, house = info.context.actor, info.context.house
        async with house.reading(actor) as session:
            found = await service.attachment_content(session, actor, id, house.storage, MOST)
        whole, known = b"".join([piece async for piece in found.pieces]), found.attachment
        return AttachmentContent(
            file_name=known.file_name, media_type=known.media_type, size=known.size,
            sha256=known.sha256, content=b64encode(whole).decode(),
        )  # fmt: skip


@strawberry.type
class AttachmentMutation:
    @does(service.attach, answers=ATTACHMENT)
    async def add_attachment(self, info: Info, document_id: UUID, data: AttachmentAdd) -> Any:
        storage = info.context.house.storage

        async def act(session: Session, actor: Actor) -> UUID:
            await service.may_attach(session, actor, document_id)
            content = _pieces(data.content)
            async with receiving.received(data.file_name, content, MOST) as given:
                return await service.attach(session, actor, document_id, given, storage)

        return await write(info, ATTACHMENT, act)


async def _pieces(content: str) -> AsyncIterator[bytes]:
    try:
        yield b64decode(content, validate=True)
    except (Error, ValueError):
        raise BadRequest() from None
