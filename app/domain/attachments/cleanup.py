"""Contents that no attachment has: left behind by an upload whose transaction failed."""

from datetime import timedelta

from app.db.base import now
from app.db.session import Database
from app.db.storage import Storage
from app.domain.attachments import queries

ORPHAN_GRACE = timedelta(hours=24)


async def delete_orphans(
    database: Database, storage: Storage, left_for: timedelta = ORPHAN_GRACE
) -> int:
    """Delete contents without an attachment for a day; return their number."""
    gone, before = 0, now() - left_for
    async for sha256, put_at in storage.list():
        if put_at >= before:
            continue
        async with database.write_transaction() as session:
            alone = await queries.lock_content(session, sha256)
            if alone and not await queries.is_referenced(session, sha256):
                await storage.delete(sha256)
                gone += 1
    return gone
