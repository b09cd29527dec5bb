"""Tips whose term has passed are marked so, though nobody looks at them."""

import structlog

from app.db.session import Database
from app.domain.tips.handling.overdue import mark_overdue_tips as mark_overdue
from app.jobs.registry import periodic

LOG = structlog.get_logger()


@periodic("*/10 * * * *", "tell_overdue_tips")
async def mark_overdue_tips(database: Database) -> None:
    """Tell whoever follows changes that tips are late, on the day after; never at which hour."""
    async with database.write_transaction() as session:
        late = await mark_overdue(session)
    if late:
        LOG.info("overdue_tips", tips=late)
