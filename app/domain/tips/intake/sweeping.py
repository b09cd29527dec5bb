"""What goes with time: files that no tip has, and what was kept for some days only."""

from datetime import timedelta

from app.db.base import now
from app.db.session import Database, Session
from app.db.storage import Storage
from app.domain.deadlines.days import today
from app.domain.tips.intake import queries

LEFT_FOR = timedelta(hours=24)


async def sweep(database: Database, storage: Storage, left_for: timedelta = LEFT_FOR) -> int:
    """Let go of files that no tip has had for a day; how many went."""
    gone, before = 0, now() - left_for
    async for sha256, put_at in storage.list():
        if put_at >= before:
            continue
        async with database.write_transaction() as session:
            kept = await queries.is_kept(session, sha256)
        if not kept:  # a content is sealed under a key of its own, so it comes only once
            await storage.delete(sha256)
            gone += 1
    return gone


async def forget_kept_receipts(session: Session) -> int:
    """Let go of answers to tips that nobody may ask for any more."""
    return await queries.forget_receipts(session, today())


async def forget_spent_work(session: Session) -> int:
    """Let go of work that would not be taken a second time anyway."""
    return await queries.forget_work(session, today())
