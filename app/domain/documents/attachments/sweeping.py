"""Contents that no attachment has: left behind by an upload whose transaction failed."""

from datetime import timedelta

from app.db.base import now
from app.db.session import Database
from app.db.storage import Storage
from app.domain.documents.attachments import queries

LEFT_FOR = timedelta(hours=24)


async def sweep(database: Database, storage: Storage, left_for: timedelta = LEFT_FOR) -> int:
    """Let go of contents that nobody has had for a day; how many went."""
    gone, before = 0, now() - left_for
    async for sha256, put_at in storage.listed():
        if put_at >= before:
            continue
        async with database.writing() as session:
            alone = await queries.hold_alone(session, sha256)
            if alone and not await queries.is_kept(session, sha256):
                await storage.delete(sha256)
                gone += 1
    return gone
