"""The test of a column against many ids: one argument, however many they are."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Uuid, any_, bindparam


def is_among(column: Any, ids: Iterable[UUID]) -> ColumnElement[bool]:
    """Return the test of whether a column has one of these ids."""
    return column == any_(bindparam(None, list(ids), ARRAY(Uuid)))  # type: ignore[no-any-return]


def is_named(column: Any, name: str) -> ColumnElement[bool]:
    """Return the test of whether a column has one of the ids that a fixed query will be given."""
    return column == any_(bindparam(name, type_=ARRAY(Uuid)))  # type: ignore[no-any-return]
