"""Write exports, and delete the files of those whose time is over."""

from functools import lru_cache
from uuid import UUID

import structlog

from app.db.session import Database
from app.domain.exchange.exports import expiry, worker
from app.domain.exchange.exports.context import ExportContext
from app.domain.exchange.exports.service import JOB
from app.features import resources
from app.jobs.registry import periodic, task
from app.settings import Settings

LOG = structlog.get_logger()


@task(JOB)
async def write_export(database: Database, *, id: UUID) -> None:
    """Write the file of one export."""
    await worker.write_export(database, _context(), id)


@periodic("*/10 * * * *", "delete_expired_exports")
async def delete_expired_exports(database: Database) -> None:
    """Delete the files of expired exports."""
    if gone := await expiry.delete_expired_exports(database, _context()):
        LOG.info("exports_expired", exports=gone)


@lru_cache
def _context() -> ExportContext:
    return ExportContext.of(Settings(), resources())
