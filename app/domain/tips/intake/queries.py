"""The SQL by which tips are inserted; the intake reads nothing back."""

from datetime import date
from itertools import groupby

from sqlalchemy import delete, insert, text
from sqlalchemy.dialects.postgresql import insert as insert_or_not
from sqlmodel import SQLModel, col, select

from app.db.session import Session, act_as, execute
from app.db.tables.tip_parts import SpentWork, StoredReceipt, TipAttachment
from app.domain.confidential.roles import KEEPER


async def lock_map_or_go_on(session: Session, unit: str, day: date) -> None:
    """Keep the map around a unit until the end; where it is just being changed, go on all the same.

    No informant waits for that: the tip is placed afterwards.
    """
    setting = (
        "SELECT set_config('binhyen.place_later', 'on', true), "
        "lock_named_units(ARRAY[CAST(:unit AS text)], ARRAY[CAST(:day AS date)])"
    )
    await execute(session, text(setting), {"unit": unit, "day": day})


async def insert_rows(session: Session, *rows: SQLModel) -> None:
    """Insert rows as they are, those of one table at once; nothing is read back."""
    for table, alike in groupby(rows, type):
        values = [
            {name: value for name, value in row.model_dump().items() if value is not None}
            for row in alike
        ]
        await execute(session, insert(table), values)


async def spend_work(session: Session, hash: bytes, until: date) -> bool:
    """Spend a solution; return False where it was spent before."""
    used = insert_or_not(SpentWork).values(hash=hash, expires_on=until).on_conflict_do_nothing()
    return bool((await execute(session, used)).rowcount)


async def lock_key(session: Session, key_hash: bytes) -> bool:
    """Lock a key for this transaction; return False where another one holds it."""
    claimed = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:key, 7300023))")
    return bool((await execute(session, claimed, {"key": key_hash.hex()})).scalar_one())


async def find_receipt(session: Session, key_hash: bytes) -> StoredReceipt | None:
    """Find the stored response under a key."""
    statement = select(StoredReceipt).where(StoredReceipt.key_hash == key_hash)
    return (await session.exec(statement)).one_or_none()


async def delete_expired_receipts(session: Session, day: date) -> int:
    """Delete stored responses whose time is over."""
    gone = delete(StoredReceipt).where(col(StoredReceipt.expires_on) < day)
    return (await execute(session, gone)).rowcount


async def delete_expired_work(session: Session, day: date) -> int:
    """Delete spent solutions whose time is over."""
    gone = delete(SpentWork).where(col(SpentWork.expires_on) < day)
    return (await execute(session, gone)).rowcount


async def is_file_used(session: Session, sha256: str) -> bool:
    """Return whether any tip has this file; the keeper sees them all."""
    await act_as(session, KEEPER)
    statement = select(TipAttachment.id).where(TipAttachment.sha256 == sha256).limit(1)
    return (await session.exec(statement)).first() is not None
