"""Queries that are sent again and again: built and compiled once, sent with other values."""

from typing import Any, NamedTuple

from app.db.row_reader import find_reader
from app.db.statements import find_form


class FixedQuery:
    """A query of named values, which is neither built nor compiled again when it is sent."""

    __slots__ = ("extracted", "form", "given", "keys", "read")

    def __init__(self, statement: Any, *names: str) -> None:
        form, self.extracted, self.given = find_form(statement, dict.fromkeys(names))
        if isinstance(form, str):
            raise TypeError("A query was expected")
        self.form = form
        self.read, self.keys = find_reader(form, statement)

    def bind(self, **values: Any) -> tuple[str, list[Any]]:
        """Return the text, and the arguments of the driver."""
        return self.form.bind(values, self.extracted, self.given)

    def having(self, **values: Any) -> "ValuedQuery":
        """Return this query with its values, to be sent together with others."""
        return ValuedQuery(self, values)


class ValuedQuery(NamedTuple):
    """A query that is built once, with values to send it with."""

    query: FixedQuery
    values: dict[str, Any]
