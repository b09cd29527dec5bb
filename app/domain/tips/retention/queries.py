"""The SQL on what goes with a tip when it expires."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_
from sqlmodel import col, exists, select

from app.db.session import Session, execute
from app.db.tables.tip_parts import TipAttachment, TipMessage
from app.db.tables.tips import Tip, TipLink


def heard_since(day: Any) -> ColumnElement[bool]:
    """Test for tips whose informant has sent anything on a day or later."""
    return or_(
        exists().where(
            col(TipMessage.tip_id) == Tip.id, col(TipMessage.from_informant),
            col(TipMessage.sent_on) >= day,
        ),
        exists().where(col(TipAttachment.tip_id) == Tip.id, col(TipAttachment.sent_on) >= day),
    )  # fmt: skip


async def find_files(session: Session, tip: UUID) -> Sequence[str]:
    """Find the files of a tip, by the names under which the storage has them."""
    statement = select(TipAttachment.sha256).where(TipAttachment.tip_id == tip)
    return (await session.exec(statement)).all()


async def is_file_used(session: Session, sha256: str) -> bool:
    """Return whether a file belongs to any tip."""
    statement = select(TipAttachment.id).where(TipAttachment.sha256 == sha256)
    return (await session.exec(statement)).first() is not None


async def delete_links(session: Session, tip: UUID) -> None:
    """Delete the links between a tip and others."""
    linked = or_(col(TipLink.tip_id) == tip, col(TipLink.other_id) == tip)
    await execute(session, delete(TipLink).where(linked))
