"""Every SQL statement on the handling of tips, apart from those of the shapes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.tip_parts import (
    TipAttachment,
    TipMessage,
    TipReceipt,
    TipRedaction,
    TipText,
)
from app.db.tables.tips import Tip, TipAssignment
from app.domain.actor import Role
from app.domain.confidential import eligibility_queries

TIP_ROLES = (Role.TIP_OFFICER, Role.INVESTIGATOR)


async def load_text(session: Session, tip: UUID, *, lock: bool = False) -> TipText:
    """Load the encrypted text of a tip; locked, to rewrite it."""
    statement = select(TipText).where(TipText.tip_id == tip)
    statement = statement.with_for_update() if lock else statement
    return (await session.exec(statement.execution_options(populate_existing=True))).one()


async def find_redactions(session: Session, tip: UUID) -> Sequence[tuple[int, int]]:
    """Find the spans of the text that are not shown."""
    statement = select(TipRedaction.begin, TipRedaction.end).where(TipRedaction.tip_id == tip)
    return (await session.exec(statement)).all()


async def find_messages(session: Session, tip: UUID) -> Sequence[TipMessage]:
    """Find all messages between the informant and the officers, in order."""
    statement = select(TipMessage).where(TipMessage.tip_id == tip)
    return (await session.exec(statement.order_by(col(TipMessage.number)))).all()


async def next_message_number(session: Session, tip: UUID) -> int:
    """Return the number of the next message."""
    statement = select(func.max(TipMessage.number)).where(TipMessage.tip_id == tip)
    return ((await session.exec(statement)).one() or 0) + 1


async def load_informant_key(session: Session, tip: UUID) -> bytes:
    """Load the public key of the informant: all that the server may know of a receipt."""
    return (await session.exec(select(TipReceipt.public_key).where(TipReceipt.tip_id == tip))).one()


async def find_attachments(session: Session, tip: UUID) -> Sequence[TipAttachment]:
    """Find the attachments of a tip by the day they came."""
    statement = select(TipAttachment).where(TipAttachment.tip_id == tip)
    in_order = statement.order_by(col(TipAttachment.sent_on), col(TipAttachment.id))
    return (await session.exec(in_order)).all()


async def find_attachment(session: Session, tip: UUID, id: UUID) -> TipAttachment | None:
    """Find an attachment of a tip."""
    statement = select(TipAttachment).where(TipAttachment.tip_id == tip, TipAttachment.id == id)
    return (await session.exec(statement)).one_or_none()


async def is_eligible(session: Session, subject: UUID, tip: Tip) -> bool:
    """Return whether a person handles tips for a unit that reaches this one."""
    return await eligibility_queries.is_eligible(session, subject, tip, TIP_ROLES)


async def lock_assignment(
    session: Session, tip: UUID, *, id: UUID | None = None, subject: str | None = None
) -> TipAssignment | None:
    """Load and lock a live assignment to a tip, by its id or by the person assigned."""
    statement = select(TipAssignment).where(
        TipAssignment.tip_id == tip,
        col(TipAssignment.ended_on).is_(None),
        TipAssignment.id == id if id else TipAssignment.subject == subject,
    )
    return (await session.exec(statement.with_for_update())).one_or_none()


async def mark_overdue(session: Session, day: date) -> int:
    """Mark tips whose deadline ended before this day and announce them; return how many."""
    marked = await execute(session, text("SELECT tell_overdue_tips(:day)"), {"day": day})
    return int(marked.scalar_one())
