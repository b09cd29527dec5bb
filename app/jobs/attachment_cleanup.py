"""Delete contents left over from uploads, once a night."""

import structlog

from app.db.session import Database
from app.db.storage import Storage
from app.domain.attachments.cleanup import delete_orphans
from app.jobs.registry import periodic
from app.settings import Settings

LOG = structlog.get_logger()


@periodic("41 18 * * *", "sweep_attachments")
async def sweep_attachments(database: Database) -> None:
    """Delete contents that no attachment has."""
    gone = await delete_orphans(database, Storage.of(Settings()))
    LOG.info("attachments_swept", contents=gone)
