"""Plan and send the messages of webhooks."""

import time
from functools import lru_cache

import structlog

from app.db.session import Database
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.exchange.webhooks.planner import plan_webhooks
from app.domain.exchange.webhooks.sender import send_due
from app.domain.login.cookie_seal import CookieSeal
from app.features import resources
from app.jobs.registry import periodic
from app.settings import Settings

LOG = structlog.get_logger()
LONGEST_RUN = 20.0  # seconds, then other jobs have their turn; the next run goes on


@periodic("*/5 * * * * *", "send_webhooks")
async def send_webhooks(database: Database) -> None:
    """Plan what is new for each endpoint, then send what is due."""
    webhooks, began = _context(), time.monotonic()
    planned = await plan_webhooks(database, webhooks, seconds=LONGEST_RUN / 2)
    rest = LONGEST_RUN - (time.monotonic() - began)
    tried = await send_due(database, webhooks, seconds=rest)
    if planned or tried:
        LOG.info("webhooks_sent", planned=planned, tried=tried)


@lru_cache
def _context() -> WebhookContext:
    settings = Settings()
    seal = CookieSeal.from_settings(settings.seal_key_text, settings.data / "seal-key")
    return WebhookContext.of(settings, resources(), seal)
