"""Place the rows that were entered while the map was being changed around them."""

import structlog

from app.db.session import Database
from app.domain.records.late_place_queries import place_late_rows
from app.jobs.registry import periodic

LOG = structlog.get_logger()


@periodic("* * * * *", "place_late_rows")
async def place_late(database: Database) -> None:
    """Place what waits for the end of a change of the map; what still waits comes next time."""
    async with database.write_transaction() as session:
        placed = await place_late_rows(session)
    if placed:
        LOG.info("placed_late", rows=placed)
