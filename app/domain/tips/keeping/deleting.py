"""The SQL of letting go: all that was told in a tip goes, and with it the keys that open it."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import delete, or_
from sqlmodel import SQLModel, col, select

from app.db.session import Session, execute
from app.db.tables.deadlines import Deadline, DeadlineEvent
from app.db.tables.records import Outbox
from app.db.tables.tip_parts import (
    IdentityRequest,
    KeptReceipt,
    LegalHold,
    TipAttachment,
    TipIdentity,
    TipLikeness,
    TipMessage,
    TipReceipt,
    TipRedaction,
    TipText,
)
from app.db.tables.tip_transfers import TipStub, TipTransfer
from app.db.tables.tips import TipAssignment, TipLink
from app.domain.tips.terms import RESOURCE

# What goes with a tip, each by its tip_id; files lie outside and go after them.
PARTS: tuple[type[SQLModel], ...] = (
    TipText, TipMessage, TipAttachment, TipRedaction, TipLikeness, TipReceipt, TipIdentity,
    TipAssignment, TipTransfer, IdentityRequest, KeptReceipt,
)  # fmt: skip
TOLD_OF = (TipMessage, TipAttachment, TipRedaction, TipAssignment, TipTransfer, IdentityRequest,
           LegalHold, TipStub)  # fmt: skip


async def files_of(session: Session, tip: UUID) -> Sequence[str]:
    """The files of a tip, by the names under which they lie in the storage."""
    return (
        await session.exec(select(TipAttachment.sha256).where(TipAttachment.tip_id == tip))
    ).all()


async def is_kept(session: Session, sha256: str) -> bool:
    """Whether a file belongs to any tip."""
    statement = select(TipAttachment.id).where(TipAttachment.sha256 == sha256)
    return (await session.exec(statement)).first() is not None


async def let_go(session: Session, tip: UUID) -> None:
    """Delete all that was told in a tip, the keys it was sealed with, and the news of it."""
    told_of: list[UUID] = [tip]
    for part in TOLD_OF:
        told_of += (await session.exec(select(part.id).where(part.tip_id == tip))).all()
    clocks = select(Deadline.id).where(Deadline.resource == RESOURCE, Deadline.resource_id == tip)
    told_of += (running := (await session.exec(clocks)).all())
    for table in PARTS:
        await execute(session, delete(table).where(table.tip_id == tip))  # type: ignore[attr-defined]
    linked = or_(col(TipLink.tip_id) == tip, col(TipLink.other_id) == tip)
    await execute(session, delete(TipLink).where(linked))
    await execute(session, delete(DeadlineEvent).where(col(DeadlineEvent.deadline_id).in_(running)))
    await execute(session, delete(Deadline).where(col(Deadline.id).in_(running)))
    await execute(session, delete(Outbox).where(col(Outbox.resource_id).in_(told_of)))


async def forget_identity(session: Session, tip: UUID) -> None:
    """Delete who an informant is, and the keys it was sealed with."""
    await execute(session, delete(TipIdentity).where(col(TipIdentity.tip_id) == tip))
