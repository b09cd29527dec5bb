"""Delete tips whose retention has ended, once a night."""

from dataclasses import asdict

import structlog

from app.db.base import now
from app.db.session import Database
from app.db.storage import Storage
from app.domain.deadlines.days import day_of
from app.domain.tips.retention import service
from app.jobs.registry import periodic
from app.settings import Settings

LOG = structlog.get_logger()


@periodic("23 18 * * *", "expire_tips")
async def expire_tips(database: Database) -> None:
    """Give notice of tips that are to expire, and delete those whose day has come."""
    done = await service.expire_tips(database, Storage.of(Settings(), "tips"), day_of(now()))
    LOG.info("tips_expired", **asdict(done))
