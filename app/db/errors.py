"""Meanings of database errors: unavailable, or a unique value was taken concurrently."""

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.db.query.executor import CONNECTION_ERRORS, DatabaseUnavailable

UNIQUE_VIOLATION = ("23505", "23P01")  # unique_violation, exclusion_violation


def is_unavailable(error: BaseException | None) -> bool:
    """Return whether the same query may succeed in a moment."""
    if isinstance(error, DBAPIError):
        gone = isinstance(error, OperationalError | InterfaceError) or error.connection_invalidated
        return gone or is_unavailable(getattr(error.orig, "__cause__", None))
    return isinstance(error, (DatabaseUnavailable, PoolTimeout, *CONNECTION_ERRORS))


def unavailable_cause(error: BaseException | None) -> str:
    """Return why: no connection of the pool was free in time, or the database did not answer."""
    return "pool" if isinstance(error, PoolTimeout) else "database"


def is_unique_violation(error: BaseException | None) -> bool:
    """Return whether a unique value was just taken by another transaction."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return isinstance(error, IntegrityError) and state in UNIQUE_VIOLATION


def is_name_taken(error: IntegrityError) -> bool:
    """Return whether a name stands already in the place that it was written for."""
    cause = getattr(error.orig, "__cause__", None)
    constraint = getattr(cause, "constraint_name", None) or ""
    return is_unique_violation(error) and constraint.endswith(("_name", "_name_a_day"))


def permission_message(error: DBAPIError | asyncpg.PostgresError) -> str | None:
    """Return the database's message about a missing permission, with the remedy."""
    cause = getattr(error.orig, "__cause__", None) if isinstance(error, DBAPIError) else error
    if not isinstance(cause, asyncpg.InsufficientPrivilegeError):
        return None
    return "; ".join(filter(None, (cause.message, cause.hint)))
