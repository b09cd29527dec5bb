"""The SQL by which tips are added; what the intake adds, it never reads back."""

from datetime import date
from itertools import groupby

from sqlalchemy import delete, insert, text
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlmodel import SQLModel, col, select

from app.db.session import Session, act_as, execute
from app.db.tables.tip_parts import KeptReceipt, SpentWork, TipAttachment
from app.domain.tips.office import KEEPER


async def put(session: Session, *rows: SQLModel) -> None:
    """Add rows as they are, alike ones at once; nothing of them is read back."""
    for table, alike in groupby(rows, type):
        values = [
            {name: value for name, value in row.model_dump().items() if value is not None}
            for row in alike
        ]
        await execute(session, insert(table), values)


async def spend(session: Session, hash: bytes, until: date) -> bool:
    """Use up a proof of work; False where it was used before."""
    used = insert_or_not(SpentWork).values(hash=hash, expires_on=until).on_conflict_do_nothing()
    return bool((await execute(session, used)).rowcount)


async def claim(session: Session, key_hash: bytes) -> bool:
    """Keep a key for this transaction alone; False where another has it in hand."""
    claimed = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:key, 7300023))")
    return bool((await execute(session, claimed, {"key": key_hash.hex()})).scalar_one())


async def kept(session: Session, key_hash: bytes) -> KeptReceipt | None:
    """What was answered under a key."""
    statement = select(KeptReceipt).where(KeptReceipt.key_hash == key_hash)
    return (await session.exec(statement)).one_or_none()


async def forget_receipts(session: Session, day: date) -> int:
    """Delete kept answers whose time is over."""
    gone = delete(KeptReceipt).where(col(KeptReceipt.expires_on) < day)
    return (await execute(session, gone)).rowcount


async def forget_work(session: Session, day: date) -> int:
    """Delete proofs of work that would not be taken any more."""
    gone = delete(SpentWork).where(col(SpentWork.expires_on) < day)
    return (await execute(session, gone)).rowcount


async def is_kept(session: Session, sha256: str) -> bool:
    """Whether any tip has this content; asked by the keeper, who sees them all."""
    await act_as(session, KEEPER)
    statement = select(TipAttachment.id).where(TipAttachment.sha256 == sha256).limit(1)
    return (await session.exec(statement)).first() is not None
