"""Retention of the log of deliveries."""

from datetime import timedelta

from app.db.base import now
from app.db.session import Session
from app.domain.exchange.webhooks import delivery_queries
from app.settings import Settings


async def forget_old_deliveries(session: Session) -> int:
    """Forget messages that were delivered or given up long ago."""
    kept = timedelta(days=Settings().webhook_days)
    at = now()
    return await delivery_queries.forget_deliveries(session, at - kept, at)
