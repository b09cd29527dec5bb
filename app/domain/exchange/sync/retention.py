"""Retention of the results of pushed operations."""

from datetime import timedelta

from app.db.base import now
from app.db.session import Session
from app.domain.exchange.sync import queries

RETENTION = timedelta(days=365)  # as long as the news of changes, which merges need


async def forget_old_operations(session: Session) -> int:
    """Forget results that are too old; a queue is pushed before that, or not at all."""
    return await queries.forget_operations(session, now() - RETENTION)
