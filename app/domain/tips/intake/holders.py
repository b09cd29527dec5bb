"""The SQL of whoever holds a receipt: the database shows him one tip, and nothing else of tips."""

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
from app.domain.tips.office import INFORMANT
from app.domain.tips.terms import RESOURCE


async def as_holder(session: Session, lookup: bytes) -> TipReceipt | None:
    """Act as whoever holds a receipt: from now on this transaction reads its tip and no other."""
    said = text("SELECT set_config('binhyen.receipt', :receipt, true)")
    await execute(session, said, {"receipt": lookup.hex()})
    await act_as(session, INFORMANT)
    return (await session.exec(select(TipReceipt))).one_or_none()


async def own_tip(session: Session) -> tuple[Tip, TipText]:
    """The tip of whoever holds the receipt, and what he told."""
    joined = select(Tip, TipText).join(TipText, col(TipText.tip_id) == col(Tip.id))
    return (await session.exec(joined)).one()


async def own_messages(session: Session) -> Sequence[TipMessage]:
    """What the holder of a receipt and the office said to each other, in order."""
    return (await session.exec(select(TipMessage).order_by(col(TipMessage.number)))).all()


async def own_attachments(session: Session) -> Sequence[TipAttachment]:
    """The files of the holder of a receipt, by the day."""
    statement = select(TipAttachment).order_by(col(TipAttachment.sent_on), col(TipAttachment.id))
    return (await session.exec(statement)).all()


async def one_at_a_time(session: Session, tip: UUID) -> None:
    """Let nobody else who holds this receipt add to its tip until the transaction ends."""
    alone = text("SELECT pg_advisory_xact_lock(hashtextextended(:tip, 7300022))")
    await execute(session, alone, {"tip": str(tip)})


async def next_number(session: Session) -> int:
    """The number of the next message, as the holder of the receipt sees it."""
    last = (await session.exec(select(func.max(TipMessage.number)))).one()
    return (last or 0) + 1


async def due_on(session: Session, tip: UUID) -> date | None:
    """The day by which something is to be done for a tip."""
    running = (DeadlineState.RUNNING, DeadlineState.EXTENDED)
    statement = select(func.min(Deadline.due_on)).where(
        Deadline.resource == RESOURCE, Deadline.resource_id == tip, col(Deadline.state).in_(running)
    )
    return (await session.exec(statement)).one()
