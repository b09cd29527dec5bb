"""Begin the time limit of the helpers' reports with each quarter."""

import structlog

from app.db.base import now
from app.db.session import Database
from app.domain.reintegration.quarters import start_quarter_reports
from app.jobs.registry import periodic

LOG = structlog.get_logger()


@periodic("13 17 * * *", "start_quarter_reports")
async def start_reports(database: Database) -> None:
    """Begin the time limit for each case that is being supported; a second run adds nothing."""
    async with database.write_transaction() as session:
        started = await start_quarter_reports(session, now())
    if started:
        LOG.info("quarter_reports", cases=started)
