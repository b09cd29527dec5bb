"""The part of a declaration that lets files be imported as records of a resource."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.domain.actor import Actor

CreateMany = Callable[[Session, Actor, Sequence[Any]], Awaitable[Sequence[UUID]]]


@dataclass(frozen=True, eq=False)
class Importable:
    """Files may be imported as records: the titles of columns, and what tells rows apart.

    Columns are derived from the body of the operation that creates a record. `create_many` writes
    many records in few statements, and refuses all of them where it refuses one.
    """

    titles: Mapping[str, Sequence[str]] = field(default_factory=dict)  # Vietnamese, by field
    columns: Sequence[Any] = ()  # in place of those that are derived
    keys: Sequence[Sequence[str]] = ()  # fields that no two rows of a file may share
    create_many: CreateMany | None = None
    change: Callable[[Mapping[str, Any]], Mapping[str, Any]] = dict  # of the values of a row
