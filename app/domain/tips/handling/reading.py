"""Reading what a tip says: by who is assigned, on record before it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.db.session import Session
from app.db.storage import StorageError
from app.db.tables.records import Act
from app.db.tables.tip_parts import TipAttachment
from app.db.tables.tips import Tip, TipPart
from app.domain.actor import Actor, Permission, operation
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.tips.handling import opening, queries
from app.domain.tips.handling.errors import TipFileAway, TipFileNotFound, TipFileTooLarge
from app.domain.tips.handling.rules import is_moved, shows
from app.domain.tips.handling.schemas import TipContent, TipFile, TipWord
from app.domain.tips.handling.spans import hidden
from app.domain.tips.office import Office

Whole = Annotated[bool, Field(description="without redactions, where it was received")]


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file of an informant, opened."""

    media_type: str
    content: bytes


@operation(Permission.TIP_READ_CONTENT)
async def tip_content(
    session: Session, actor: Actor, id: UUID, office: Office, *, whole: Whole = False
) -> TipContent:
    """What a tip says, redacted unless whole is asked for; each read is on record."""
    tip = await opening.assigned(session, actor, id)
    found = await _text(session, tip, office, whole=whole)
    found.messages = await _words(session, tip, office)
    found.attachments = [
        TipFile.model_validate(file, from_attributes=True)
        for file in await queries.attachments(session, tip.id)
        if shows(tip, TipPart.ATTACHMENTS, file.id)
    ]
    read = ["text", "messages", "attachments"] if found.text is not None else ["messages"]
    await _note(session, actor, tip, "tip_text", tip.id, read)
    return found


@operation(Permission.TIP_READ_CONTENT)
async def tip_attachment_content(
    session: Session, actor: Actor, id: UUID, attachment_id: UUID, office: Office,
    most: int | None = None,
) -> OpenedFile:  # fmt: skip
    """The bytes of a file of an informant, opened; each read is on record."""
    tip = await opening.assigned(session, actor, id)
    file = await queries.attachment(session, tip.id, attachment_id)
    if file is None or not shows(tip, TipPart.ATTACHMENTS, file.id):
        raise TipFileNotFound()
    if most is not None and file.size > most:
        raise TipFileTooLarge(most=most)
    content = await _opened(office, file)
    await _note(session, actor, tip, "tip_attachment", file.id, ["content"])
    return OpenedFile(file.media_type, content)


async def _text(session: Session, tip: Tip, office: Office, *, whole: bool) -> TipContent:
    """The text, as far as it is shared; where it was told stays with the unit that received it."""
    told = opening.told_in(office, await queries.text_of(session, tip.id), tip.id)
    spans = await queries.redactions(session, tip.id)
    is_whole, moved = whole and not is_moved(tip), is_moved(tip)
    text = told["text"] if is_whole else hidden(told["text"], spans)
    return TipContent(
        tip_id=tip.id, text=text if shows(tip, TipPart.TEXT) else None, is_whole=is_whole,
        where=None if moved else told.get("where"),
        not_to=[] if moved else told.get("not_to") or [],
        about_officials_of=None if moved else told.get("about_officials_of"),
        messages=[], attachments=[],
    )  # fmt: skip


async def _words(session: Session, tip: Tip, office: Office) -> list[TipWord]:
    return [
        TipWord(
            id=word.id, number=word.number, from_informant=word.from_informant,
            sent_on=word.sent_on, sent_by=word.sent_by,
            text=opening.open_row(office, word, "tip_message", word.id).decode(),
        )
        for word in await queries.messages(session, tip.id)
        if shows(tip, TipPart.MESSAGES, word.id)
    ]  # fmt: skip


async def _opened(office: Office, file: TipAttachment) -> bytes:
    try:
        pieces = await office.storage.get(file.sha256)
        sealed = b"".join([piece async for piece in pieces])
    except StorageError as error:
        raise TipFileAway() from error
    return opening.open_seal(office, sealed, file.keys, "tip_attachment", file.id, padded=False)


async def _note(
    session: Session, actor: Actor, tip: Tip, resource: str, id: UUID, fields: Sequence[str]
) -> None:
    read = Change(resource, id, tip.unit_id, Act.READ, None, fields)
    await records.log_changes(session, actor, Permission.TIP_READ_CONTENT, [read])
