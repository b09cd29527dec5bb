"""Operations on attachments: add one to a document, read its content."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from app.db.session import Session
from app.db.storage import Storage, StorageError
from app.db.tables.documents import Attachment, Document
from app.domain.actor import Actor, Permission, operation
from app.domain.attachments import queries
from app.domain.attachments.errors import StorageAway, TooLargeHere
from app.domain.attachments.uploads import Upload
from app.domain.documents import queries as documents
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found


@dataclass(frozen=True, slots=True)
class Content:
    """A content on its way out, and what is known of it."""

    attachment: Attachment
    pieces: AsyncIterator[bytes]


@operation(Permission.ATTACHMENT_WRITE)
async def may_attach(session: Session, actor: Actor, document: UUID) -> None:
    """Refuse before a file is sent for what is not there."""
    if not await documents.is_own(session, actor, document):
        raise build_not_found(Document)


@operation(Permission.ATTACHMENT_WRITE)
async def attach(
    session: Session, actor: Actor, document: UUID, given: Upload, storage: Storage
) -> UUID:
    """Add a file to a document; the same file under the same name is there once."""
    found = await records.get(session, actor, Document, document, lock_map=False)
    if known := await queries.find_same(session, document, given.sha256, given.file_name):
        return known.id
    await queries.lock_content_shared(session, given.sha256)
    try:
        await storage.put(given.sha256, given.file)
    except StorageError as error:
        raise StorageAway() from error
    attachment = Attachment(
        document_id=document, file_name=given.file_name, media_type=given.media_type,
        size=given.size, sha256=given.sha256,
    )  # fmt: skip
    fields = ["document_id", "file_name", "media_type", "sha256", "size"]
    edit = records.Edit(attachment, fields, unit_id=found.unit_id)
    await records.save_all(session, actor, Permission.ATTACHMENT_WRITE, [edit])
    return attachment.id


@operation(Permission.ATTACHMENT_READ)
async def attachment_content(
    session: Session, actor: Actor, id: UUID, storage: Storage, most: int | None = None
) -> Content:
    """Read the content of a file of a document."""
    attachment = await queries.find_visible(session, actor, id)
    if attachment is None:
        raise build_not_found(Attachment)
    if most is not None and attachment.size > most:
        raise TooLargeHere(most=most)
    try:
        return Content(attachment, await storage.get(attachment.sha256))
    except StorageError as error:
        raise StorageAway() from error
