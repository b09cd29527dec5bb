"""Take the parts of an import that is too large for its request."""

from functools import lru_cache
from uuid import UUID

from app.db.jobs import defer
from app.db.session import Database
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.imports.service import JOB
from app.domain.exchange.imports.worker import take_all_parts
from app.domain.records.files.pool import FilePool
from app.features import resources
from app.jobs.registry import task
from app.settings import Settings

MAX_PARTS = 1  # of one job: each part may kill as many workers as a job may


@task(JOB)
async def take_import_parts(database: Database, *, id: UUID) -> None:
    """Read what is left of the file, take one part, and leave the others to another job."""
    if await take_all_parts(database, _context(), _files(), id, MAX_PARTS):
        async with database.write_transaction() as session:
            await defer(session, JOB, id=id)


@lru_cache
def _context() -> ImportContext:
    return ImportContext.of(resources(), Settings().import_days)


@lru_cache
def _files() -> FilePool:
    return FilePool(running=1)
