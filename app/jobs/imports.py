"""Take the parts of an import that is too large for its request."""

from uuid import UUID

from app.db.session import Database
from app.domain.exchange.imports.context import ImportContext
from app.domain.exchange.imports.service import JOB
from app.domain.exchange.imports.worker import take_all_parts
from app.features import resources
from app.jobs.registry import task
from app.settings import Settings


@task(JOB)
async def take_import_parts(database: Database, *, id: UUID) -> None:
    """Take all parts that are left: each is a transaction, and is taken once."""
    await take_all_parts(database, ImportContext.of(resources(), Settings().import_days), id)
