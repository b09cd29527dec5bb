"""The base of every table: key, timestamps, version, place, and names of constraints."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import StrEnum
from inspect import Signature
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Enum, Index, Text, text
from sqlmodel import Field, SQLModel
from uuid_utils.compat import uuid7 as make_uuid7

T = TypeVar("T")
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
MINUS_INFINITY = date.min  # PostgreSQL's -infinity: since before anything we know of
INFINITY = date.max  # PostgreSQL's infinity: no end is known
TIME: Any = DateTime(timezone=True)
ORDERED: Any = Text(collation="C")


def makes_default(make: Callable[[], T]) -> Callable[[], T]:
    """Let a function make the default of a column, without a look at its signature each time."""
    make.__signature__ = Signature()  # type: ignore[attr-defined]
    return make


@makes_default
def uuid7() -> UUID:
    """Make a key that orders by time."""
    return make_uuid7()


@makes_default
def empty_list() -> list[Any]:
    """Make the empty list of a new row."""
    return []


@makes_default
def now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)  # one source of time, which tests may set


def text_enum(kind: type[StrEnum], name: str = "") -> Any:
    """Store a StrEnum by value, as text with a CHECK: no ALTER TYPE in migrations.

    The CHECK has the name of the kind, unless a table with two such columns gives another.
    """
    return Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=True,
        name=name or kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Row(SQLModel):
    """A record: author, timestamps and version."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    version: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    created_at: datetime = Field(
        default_factory=now, sa_type=TIME, sa_column_kwargs={"server_default": text("now()")}
    )
    created_by: str = Field(default="system", sa_column_kwargs={"server_default": "system"})
    changed_at: datetime = Field(
        default_factory=now, sa_type=TIME, sa_column_kwargs={"server_default": text("now()")}
    )
    changed_by: str = Field(default="system", sa_column_kwargs={"server_default": "system"})


class UnitScoped(SQLModel):
    """The place of a record on today's map; only a database trigger writes it."""

    province_id: UUID | None = Field(default=None)
    district_id: UUID | None = Field(default=None)
    commune_id: UUID | None = Field(default=None)
    village_id: UUID | None = Field(default=None)


class NameKey(SQLModel):
    """The key of a name, which all its spellings share; written with the row."""

    name_key: str | None = None  # of rows older than keys, the second of one name has none


class NameAndOrder(NameKey):
    """The key of a name by which lists are ordered, in the Vietnamese order."""

    sort_key: str | None = Field(default=None, sa_type=ORDERED)


class Voidable(SQLModel):
    """The mark of a record that was entered in error: it stays, and counts nowhere."""

    voided_at: datetime | None = Field(default=None, sa_type=TIME)
    voided_by: str | None = None
    void_reason: str | None = Field(default=None, max_length=2000)


def voidable_tables() -> list[Any]:
    """Return every table whose records can be voided."""
    tables = (table for table in Voidable.__subclasses__() if issubclass(table, Row))
    return sorted(tables, key=lambda table: table.__name__)


STANDS = text("voided_at IS NULL")


def voided_check() -> CheckConstraint:
    """Return the rule that a voided record says who voided it, and why."""
    return CheckConstraint(
        "(voided_at IS NULL) = (void_reason IS NULL) AND (voided_at IS NULL) = (voided_by IS NULL)",
        name="voided_has_reason",
    )


PLACE = tuple(UnitScoped.model_fields)


def unit_scoped_tables() -> list[str]:
    """Return every table whose rows have a place on the map by the unit they were entered for."""
    tables, wanted = SQLModel.metadata.tables.values(), {"id", "unit_id", *PLACE}
    return sorted(t.name for t in tables if wanted <= set(t.c.keys()))


def record_tables() -> list[str]:
    """Return the unit-scoped tables whose rows are records; the others are logs of records."""
    return [t for t in unit_scoped_tables() if "created_by" in SQLModel.metadata.tables[t].c]


def place_index(table: str, place: str, *, voidable: bool = False) -> Index:
    """Return the index that serves an ordered list by a place; it shows which rows are voided."""
    how: dict[str, Any] = {"postgresql_include": ["voided_at"]} if voidable else {}
    return Index(f"ix_{table}_{place}_id", place, "id", **how)


def place_indexes(
    table: str, *more: Index | CheckConstraint, voidable: bool = False
) -> tuple[Index | CheckConstraint, ...]:
    """Return the indexes that serve ordered lists by place."""
    own = (place_index(table, place, voidable=voidable) for place in PLACE)
    return (*more, *own, Index(f"ix_{table}_unit_id_id", "unit_id", "id"))


def unique_name(table: str, within: str, *, where: str) -> Index:
    """Return the index that lets one name stand once in a place at a time; voided ones leave it."""
    stands = f"{where} AND voided_at IS NULL"
    how: dict[str, Any] = {"unique": True, "postgresql_where": text(stands)}
    return Index(f"uq_{table}_name", *within.split(), "name_key", **how)


def name_index(table: str) -> Index:
    """Return the index that serves a list by name; rows older than keys come first."""
    return Index(f"ix_{table}_name_id", text("COALESCE(sort_key, '')"), "id")


def changed_index(table: str) -> Index:
    """Return the index that serves a list of what was changed since."""
    return Index(f"ix_{table}_changed_at_id", "changed_at", "id")


def search_index(table: str) -> Index:
    """Return the index that serves the search for a part of a name."""
    how: dict[str, Any] = {
        "postgresql_using": "gin",
        "postgresql_ops": {"search_key": "gin_trgm_ops"},
    }
    return Index(f"ix_{table}_search_key", "search_key", **how)


__all__ = [
    "INFINITY",
    "MINUS_INFINITY",
    "PLACE",
    "STANDS",
    "TIME",
    "NameAndOrder",
    "NameKey",
    "Row",
    "UnitScoped",
    "Voidable",
    "changed_index",
    "empty_list",
    "name_index",
    "now",
    "place_index",
    "place_indexes",
    "record_tables",
    "search_index",
    "text_enum",
    "unique_name",
    "unit_scoped_tables",
    "uuid7",
    "voidable_tables",
    "voided_check",
]
