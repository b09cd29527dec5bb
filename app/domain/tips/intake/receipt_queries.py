"""The SQL of the holder of a receipt: the database shows them one tip and no other."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, func, select

from app.db.session import Session, act_as, execute
from app.db.tables.deadlines import Deadline, DeadlineState
from app.db.tables.tip_parts import (
    TipAttachment,
    TipMessage,
    TipReceipt,
    TipText,
)
from app.db.tables.tips import Tip
from app.domain.tips.context import INFORMANT
from app.domain.tips.deadlines import RESOURCE


async def act_as_holder(session: Session, lookup: bytes) -> TipReceipt | None:
    """Act as the holder of a receipt: from here the transaction reads its tip and no other."""
    setting = text(
        "SELECT set_config('binhyen.receipt', :receipt, true), "
        "set_config('binhyen.place_later', 'on', true)"
    )
    await execute(session, setting, {"receipt": lookup.hex()})
    await act_as(session, INFORMANT)
    return (await session.exec(select(TipReceipt))).one_or_none()


async def load_tip(session: Session) -> tuple[Tip, TipText]:
    """Load the tip of the holder, with its encrypted text."""
    joined = select(Tip, TipText).join(TipText, col(TipText.tip_id) == col(Tip.id))
    return (await session.exec(joined)).one()


async def find_messages(session: Session) -> Sequence[TipMessage]:
    """Find the messages between the holder and the officers, in order."""
    return (await session.exec(select(TipMessage).order_by(col(TipMessage.number)))).all()


async def find_attachments(session: Session) -> Sequence[TipAttachment]:
    """Find the attachments of the holder by the day they came."""
    statement = select(TipAttachment).order_by(col(TipAttachment.sent_on), col(TipAttachment.id))
    return (await session.exec(statement)).all()


async def lock_tip(session: Session, tip: UUID) -> None:
    """Lock a tip against additions by the same receipt until the transaction ends."""
    lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:tip, 7300022))")
    await execute(session, lock, {"tip": str(tip)})


async def next_message_number(session: Session) -> int:
    """Return the number of the next message, as the holder sees it."""
    last = (await session.exec(select(func.max(TipMessage.number)))).one()
    return (last or 0) + 1


async def find_due_day(session: Session, tip: UUID) -> date | None:
    """Find the day of the next deadline of a tip."""
    running = (DeadlineState.RUNNING, DeadlineState.EXTENDED)
    statement = select(func.min(Deadline.due_on)).where(
        Deadline.resource == RESOURCE, Deadline.resource_id == tip, col(Deadline.state).in_(running)
    )
    return (await session.exec(statement)).one()
