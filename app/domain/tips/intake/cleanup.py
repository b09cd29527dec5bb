"""Cleanup of the intake: files that no tip has, and rows that are stored for some days only."""

from datetime import timedelta

from app.db.base import now
from app.db.session import Database, Session
from app.db.storage import Storage
from app.domain.deadlines.days import today
from app.domain.tips.intake import queries

MIN_AGE = timedelta(hours=24)


async def delete_orphan_files(
    database: Database, storage: Storage, min_age: timedelta = MIN_AGE
) -> int:
    """Delete files that no tip has had for a day; return how many."""
    gone, before = 0, now() - min_age
    async for sha256, put_at in storage.list():
        if put_at >= before:
            continue
        async with database.write_transaction() as session:
            used = await queries.is_file_used(session, sha256)
        if not used:  # a content has a key of its own, so the same one never comes again
            await storage.delete(sha256)
            gone += 1
    return gone


async def forget_stored_receipts(session: Session) -> int:
    """Delete stored responses whose time is over."""
    return await queries.delete_expired_receipts(session, today())


async def forget_spent_work(session: Session) -> int:
    """Delete spent solutions that would not be accepted a second time anyway."""
    return await queries.delete_expired_work(session, today())
