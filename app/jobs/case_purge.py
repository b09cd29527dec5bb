"""Purge cases whose term has ended, with their keys, once a night."""

from dataclasses import asdict

import structlog

from app.db.base import now
from app.db.session import Database
from app.db.storage import Storage
from app.domain.deadlines.days import day_of
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.retention import service
from app.jobs.registry import periodic
from app.settings import Settings

LOG = structlog.get_logger()


@periodic("43 18 * * *", "purge_cases")
async def purge_cases(database: Database) -> None:
    """Give notice of cases that are to be purged, and purge those whose day has come."""
    settings = Settings()
    storage, context = Storage.of(settings), CaseContext.of(settings)
    done = await service.purge_cases(database, storage, context, day_of(now()))
    LOG.info("cases_purged", **asdict(done))
