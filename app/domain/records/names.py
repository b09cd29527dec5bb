"""The name of a table's records in the logs."""

from typing import Any


def resource_name(table: type[Any]) -> str:
    """Return the name of a resource: that of its table, unless SQL has taken the word."""
    return str(getattr(table, "__resource__", table.__tablename__))
