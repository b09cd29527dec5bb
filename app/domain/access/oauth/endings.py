"""When a session ends before its time, and what is told of it."""

import structlog
from sqlmodel import Session as Bare

from app.db.tables.auth import AuthSession
from app.domain.access.oauth import queries

LOG = structlog.get_logger()


def reused(db: Bare, held: AuthSession, reason: str) -> None:
    """What is good for once came twice: somebody else has it, so nobody may go on with it."""
    queries.end(db, held, reason)
    LOG.warning(reason, session=str(held.id))


def revoked(db: Bare, held: AuthSession) -> None:
    """An application gives its whole session back."""
    queries.end(db, held, "revoked")
