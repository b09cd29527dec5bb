"""Ids that a client has made for new records: the next row of a table gets one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from sqlalchemy import event

CHOSEN: ContextVar[dict[type[Any], UUID] | None] = ContextVar("chosen_id", default=None)
LISTENED: set[type[Any]] = set()


@contextmanager
def choose_id(table: type[Any], id: UUID) -> Iterator[None]:
    """Let the first row that is made of a table within a block have this id."""
    if table not in LISTENED:
        event.listen(table, "init", _give_id)
        LISTENED.add(table)
    before = CHOSEN.set({table: id})
    try:
        yield
    finally:
        CHOSEN.reset(before)


def _give_id(row: Any, args: Any, values: dict[str, Any]) -> None:
    if (chosen := CHOSEN.get()) and type(row) in chosen and "id" not in values:
        values["id"] = chosen.pop(type(row))
