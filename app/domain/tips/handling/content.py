"""The content of a tip: read by assigned officers, and logged before it is returned."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.db.session import Session
from app.db.storage import StorageError
from app.db.tables.records import Act
from app.db.tables.tip_parts import TipAttachment
from app.db.tables.tips import Tip, TipPart
from app.domain.actor import Actor, Permission, operation
from app.domain.records.refused_reads import audit_refusals
from app.domain.records.service import Change, log_changes
from app.domain.records.types import Switch
from app.domain.tips.context import TipContext
from app.domain.tips.handling import access, queries
from app.domain.tips.handling.errors import TipFileMissing, TipFileNotFound, TipFileTooLarge
from app.domain.tips.handling.rules import is_moved, is_shared
from app.domain.tips.handling.schemas import TipContent, TipFile, TipWord
from app.domain.tips.handling.text_spans import black_out

Whole = Switch


@dataclass(frozen=True, slots=True)
class DecryptedFile:
    """A decrypted file of an informant."""

    media_type: str
    content: bytes


@audit_refusals("tip_text")
@operation(Permission.TIP_READ_CONTENT)
async def tip_content(
    session: Session, actor: Actor, id: UUID, context: TipContext, *, whole: Whole = False
) -> TipContent:
    """Read the content of a tip, redacted unless `whole` is requested; each read is audited."""
    tip = await access.find_assigned_tip(session, actor, id)
    found = await _read_text(session, tip, context, whole=whole)
    found.messages = await _read_messages(session, tip, context)
    found.attachments = [
        TipFile.model_validate(file, from_attributes=True)
        for file in await queries.find_attachments(session, tip.id)
        if is_shared(tip, TipPart.ATTACHMENTS, file.id)
    ]
    read = ["text", "messages", "attachments"] if found.text is not None else ["messages"]
    await _log_read(session, actor, tip, "tip_text", tip.id, read)
    return found


@audit_refusals("tip_attachment")
@operation(Permission.TIP_READ_CONTENT)
async def tip_attachment_content(
    session: Session, actor: Actor, id: UUID, attachment_id: UUID, context: TipContext,
    most: int | None = None,
) -> DecryptedFile:  # fmt: skip
    """Read a file of an informant, decrypted; each read is audited."""
    tip = await access.find_assigned_tip(session, actor, id)
    file = await queries.find_attachment(session, tip.id, attachment_id)
    if file is None or not is_shared(tip, TipPart.ATTACHMENTS, file.id):
        raise TipFileNotFound()
    if most is not None and file.size > most:
        raise TipFileTooLarge(most=most)
    content = await _decrypt_file(context, file)
    await _log_read(session, actor, tip, "tip_attachment", file.id, ["content"])
    return DecryptedFile(file.media_type, content)


async def _read_text(session: Session, tip: Tip, context: TipContext, *, whole: bool) -> TipContent:
    """Read the text as far as it is shared; the place stays with the unit that received it."""
    statement = access.decrypt_statement(context, await queries.load_text(session, tip.id), tip.id)
    spans = await queries.find_redactions(session, tip.id)
    is_whole, moved = whole and not is_moved(tip), is_moved(tip)
    text = statement["text"] if is_whole else black_out(statement["text"], spans)
    return TipContent(
        tip_id=tip.id, text=text if is_shared(tip, TipPart.TEXT) else None, is_whole=is_whole,
        where=None if moved else statement.get("where"),
        not_to=[] if moved else statement.get("not_to") or [],
        about_officials_of=None if moved else statement.get("about_officials_of"),
        messages=[], attachments=[],
    )  # fmt: skip


async def _read_messages(session: Session, tip: Tip, context: TipContext) -> list[TipWord]:
    return [
        TipWord(
            id=word.id, number=word.number, from_informant=word.from_informant,
            sent_on=word.sent_on, sent_by=word.sent_by,
            text=access.decrypt_row(context, word, "tip_message", word.id).decode(),
        )
        for word in await queries.find_messages(session, tip.id)
        if is_shared(tip, TipPart.MESSAGES, word.id)
    ]  # fmt: skip


async def _decrypt_file(context: TipContext, file: TipAttachment) -> bytes:
    try:
        pieces = await context.storage.get(file.sha256)
        sealed = b"".join([piece async for piece in pieces])
    except StorageError as error:
        raise TipFileMissing() from error
    return access.decrypt_content(
        context, sealed, file.keys, "tip_attachment", file.id, padded=False
    )


async def _log_read(
    session: Session, actor: Actor, tip: Tip, resource: str, id: UUID, fields: Sequence[str]
) -> None:
    read = Change(resource, id, tip.unit_id, Act.READ, None, fields)
    await log_changes(session, actor, Permission.TIP_READ_CONTENT, [read])
