"""Telling a database that cannot be reached right now from one that answers with an error."""

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.db.pool import GONE, Unreachable


def is_lost(error: BaseException | None) -> bool:
    """Whether the same question may well be answered in a moment."""
    if isinstance(error, DBAPIError):
        gone = isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated
        return gone or is_lost(getattr(error.orig, "__cause__", None))
    return isinstance(error, (Unreachable, PoolTimeout, *GONE))
