"""Delete rows that have expired."""

from collections.abc import Awaitable, Callable

import structlog

from app.db.errors import is_unavailable
from app.db.jobs import forget_jobs
from app.db.session import Database, Session
from app.domain.exchange.changes import retention as changes
from app.domain.exchange.imports import queries as imports
from app.domain.exchange.sync import retention as sync
from app.domain.exchange.webhooks import retention as webhooks
from app.domain.oauth import service as tokens
from app.domain.records import idempotency
from app.domain.tips.intake import cleanup as tips
from app.jobs.registry import periodic

LOG = structlog.get_logger()
DeleteExpired = Callable[[Session], Awaitable[int]]

# Each deletes its expired rows and returns how many; a feature adds its own.
EXPIRED: list[DeleteExpired] = [
    forget_jobs, idempotency.delete_expired_responses, tokens.delete_expired_tokens,
    imports.delete_expired_rows, tips.forget_stored_receipts, tips.forget_spent_work,
    changes.forget_old_changes, sync.forget_old_operations, webhooks.forget_old_deliveries,
]  # fmt: skip


@periodic("7 * * * *", "forget_expired")
async def forget_expired(database: Database) -> None:
    """Delete all expired rows; a failure does not hold up the other tables."""
    faults: list[Exception] = []
    for delete in EXPIRED:
        try:
            async with database.write_transaction() as session:
                gone = await delete(session)
            LOG.info("forgotten", what=delete.__name__, rows=gone)
        except Exception as error:
            if is_unavailable(error):
                raise
            LOG.error("not_forgotten", what=delete.__name__, exc_info=error)
            faults.append(error)
    if faults:
        raise ExceptionGroup("not everything was forgotten", faults)
