"""Mark tips whose term has passed, even where nobody reads them."""

import structlog

from app.db.session import Database
from app.domain.tips.handling.overdue import mark_overdue_tips as mark_overdue
from app.jobs.registry import periodic

LOG = structlog.get_logger()


@periodic("*/10 * * * *", "tell_overdue_tips")
async def mark_overdue_tips(database: Database) -> None:
    """Notify followers of overdue tips, on the day after; the hour stays private."""
    async with database.write_transaction() as session:
        late = await mark_overdue(session)
    if late:
        LOG.info("overdue_tips", tips=late)
