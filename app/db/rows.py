"""Write rows of tables by explicit statements, without the ORM's unit of work."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Table, and_, bindparam, delete, insert, inspect, update
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import SQLModel

from app.db.base import NameAndOrder, NameKey
from app.db.session import Session, execute
from app.db.vietnamese import name_key, sort_key

Values = dict[str, Any]


def is_new(row: SQLModel) -> bool:
    """Return whether a row was never written."""
    return not _state(row).persistent


async def write(session: Session, rows: Iterable[SQLModel]) -> None:
    """Write rows as they stand, in order: rows of one form in one statement."""
    alike: dict[Any, list[SQLModel]] = {}
    for row in rows:
        made = is_new(row)
        _set_name_key(row, made=made)
        if columns := _columns(row) if made else _list_changes(row):
            alike.setdefault((type(row), columns, made), []).append(row)
    for (kind, columns, made), group in alike.items():
        if made:
            await _insert(session, _table(kind), columns, group)
        else:
            await _update(session, _table(kind), columns, group)


async def remove(session: Session, rows: Iterable[SQLModel]) -> None:
    """Delete rows."""
    for row in rows:
        table = _table(type(row))
        await execute(session, delete(table).where(_key_of(table)), _key(row))
        session.expunge(row)


async def _insert(
    session: Session, table: Table, columns: Sequence[str], rows: Sequence[SQLModel]
) -> None:
    await execute(session, insert(table), [_values(row, columns) for row in rows])
    for row in rows:
        make_transient_to_detached(row)
        session.add(row)


async def _update(
    session: Session, table: Table, columns: Sequence[str], rows: Sequence[SQLModel]
) -> None:
    put = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in columns}
    values = [
        {f"new_{name}": value for name, value in _values(row, columns).items()} | _key(row)
        for row in rows
    ]
    await execute(session, update(table).where(_key_of(table)).values(put), values)
    for row in rows:
        for name in columns:
            set_committed_value(row, name, getattr(row, name))


def _set_name_key(row: SQLModel, *, made: bool) -> None:
    """Derive the key of a new or another name: no feature can forget it."""
    if isinstance(row, NameKey) and (made or _state(row).attrs["name"].history.has_changes()):
        name: str = row.name  # type: ignore[attr-defined]
        row.name_key = name_key(name) or name
        if isinstance(row, NameAndOrder):
            row.sort_key = sort_key(name)


def _columns(row: SQLModel) -> tuple[str, ...]:
    """Return all columns of a new row but those that the database fills in."""
    columns = _table(type(row)).c
    left_out = {c.key for c in columns if c.server_default and getattr(row, c.key) is None}
    return tuple(c.key for c in columns if c.key not in left_out)


def _list_changes(row: SQLModel) -> tuple[str, ...]:
    attributes = _state(row).attrs
    columns = _table(type(row)).c
    return tuple(c.key for c in columns if attributes[c.key].history.has_changes())


def _values(row: SQLModel, columns: Iterable[str]) -> Values:
    return {name: getattr(row, name) for name in columns}


def _key_of(table: Table) -> Any:
    return and_(*(c == bindparam(f"key_{c.key}", type_=c.type) for c in table.primary_key))


def _key(row: SQLModel) -> Values:
    return {f"key_{c.key}": getattr(row, c.key) for c in _table(type(row)).primary_key}


def _table(kind: type[SQLModel]) -> Table:
    return kind.__table__  # type: ignore[attr-defined, no-any-return]


def _state(row: SQLModel) -> Any:
    return inspect(row)
