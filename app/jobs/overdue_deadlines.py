"""Mark deadlines that have run out, even where nobody reads them."""

import structlog

from app.db.base import now
from app.db.session import Database
from app.domain.deadlines.scheduler import breach_overdue
from app.jobs.registry import periodic

LOG = structlog.get_logger()


@periodic("* * * * *", "breach_overdue")
async def mark_overdue(database: Database) -> None:
    """Mark overdue deadlines, some at a time, until none is left."""
    marked = 0
    while True:
        async with database.write_transaction() as session:
            some = await breach_overdue(session, now())
        if not some:
            break
        marked += some
    if marked:
        LOG.info("overdue", clocks=marked)
