"""Every SQL statement on attachments, apart from those of the shapes."""

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.documents import Attachment
from app.domain.actor import Actor
from app.domain.documents.shape import WITH_DOCUMENT

LOCK = "hashtextextended(:sha256, 7300031)"


async def find_visible(session: Session, actor: Actor, id: UUID) -> Attachment | None:
    """An attachment of a document that the actor may read."""
    test = WITH_DOCUMENT[actor.level](Attachment, actor.unit_id)
    return (await session.exec(select(Attachment).where(Attachment.id == id, test))).one_or_none()


async def find_same(session: Session, document: UUID, sha256: str, name: str) -> Attachment | None:
    """The very same file of the same document."""
    statement = select(Attachment).where(
        Attachment.document_id == document,
        Attachment.sha256 == sha256,
        Attachment.file_name == name,
    )
    return (await session.exec(statement)).one_or_none()


async def lock_content_shared(session: Session, sha256: str) -> None:
    """Let nobody sweep this content away until the transaction ends."""
    await execute(session, text(f"SELECT pg_advisory_xact_lock_shared({LOCK})"), {"sha256": sha256})


async def lock_content(session: Session, sha256: str) -> bool:
    """Let nobody take up this content until the transaction ends; False where somebody does."""
    asked = text(f"SELECT pg_try_advisory_xact_lock({LOCK})")
    return bool((await execute(session, asked, {"sha256": sha256})).scalar_one())


async def is_referenced(session: Session, sha256: str) -> bool:
    """Return whether any attachment has this content."""
    statement: Any = select(Attachment.id).where(col(Attachment.sha256) == sha256)
    return (await session.exec(statement.limit(1))).first() is not None
