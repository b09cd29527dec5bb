"""Errors of the driver as SQLAlchemy names them; they quote the statement, never its values."""

from typing import Any

from sqlalchemy.exc import DBAPIError

from app.db.statements import DRIVER

KINDS: dict[type[BaseException], Any] = DRIVER._asyncpg_error_translate


def translate_error(error: Exception, statement: str | None, *, closed: bool) -> BaseException:
    """Return the error that callers know for one of the driver."""
    found = next((KINDS[kind] for kind in type(error).__mro__ if kind in KINDS), None)
    if found is None:
        return error
    cause = found(error.args[0] if error.args else str(error), error)
    cause.__cause__ = error
    told: BaseException = DBAPIError.instance(
        statement, None, cause, DRIVER.Error, hide_parameters=True, connection_invalidated=closed
    )
    return told
