"""Records that rest on another one: it is not voided while they stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, literal, true
from sqlmodel import select

from app.db.base import UnitScoped, Voidable
from app.domain.actor import Actor
from app.domain.records.names import resource_name
from app.domain.scope import in_scope

Find = Callable[[Actor, UUID], Select[Any]]  # resource, id, and whether it is the actor's own


def by_key(table: type[Any], key: str, *more: ColumnElement[bool]) -> Find:
    """Find the standing records of a table that name another one in a column."""
    return by_test(table, lambda id: and_(getattr(table, key) == id, *more))


def by_test(table: type[Any], rests_on: Callable[[UUID], ColumnElement[bool]]) -> Find:
    """Find the standing records of a table that rest on another one, by a test of its id."""

    def find(actor: Actor, id: UUID) -> Select[Any]:
        named = literal(resource_name(table)).label("resource")
        own = in_scope(table, actor) if issubclass(table, UnitScoped) else false()
        found: Any = select(named, table.id.label("id"), own.label("own"))
        return found.where(rests_on(id), _stands(table))  # type: ignore[no-any-return]

    return find


def _stands(table: type[Any]) -> ColumnElement[bool]:
    """Test whether a record was not voided."""
    row: Any = table
    return row.voided_at.is_(None) if issubclass(table, Voidable) else true()


@dataclass(frozen=True, slots=True)
class Resting:
    """The records that rest on one: those of the actor by name, the others by number."""

    own: list[dict[str, str]]
    elsewhere: int
