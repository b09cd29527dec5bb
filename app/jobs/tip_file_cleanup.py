"""Delete files of informants that belong to no tip, once a night."""

import structlog

from app.db.session import Database
from app.db.storage import Storage
from app.domain.tips.intake.cleanup import delete_orphan_files
from app.jobs.registry import periodic
from app.settings import Settings

LOG = structlog.get_logger()


@periodic("47 18 * * *", "sweep_tip_files")
async def sweep_tip_files(database: Database) -> None:
    """Delete contents that no tip has."""
    gone = await delete_orphan_files(database, Storage.of(Settings(), "tips"))
    LOG.info("tip_files_swept", contents=gone)
