"""Retention of the news of changes."""

from datetime import timedelta

from app.db.base import now
from app.db.session import Session
from app.domain.exchange.changes import queries

RETENTION = timedelta(days=365)  # for followers that were away, and to merge offline edits


async def forget_old_changes(session: Session) -> int:
    """Forget news of changes that are too old; who follows from before takes a full copy."""
    return await queries.forget_changes(session, now() - RETENTION)
