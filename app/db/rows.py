"""Write rows of tables. Only this file knows what carries them to the database."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect
from sqlmodel import SQLModel

from app.db.session import Session


def is_new(row: SQLModel) -> bool:
    """Whether a row has never been written."""
    state: Any = inspect(row)
    return not state.persistent


async def write(session: Session, rows: Iterable[SQLModel]) -> None:
    """Write rows as they stand: those of one table together, tables in the order given."""
    alike: dict[tuple[type[SQLModel], bool], list[SQLModel]] = {}
    for row in rows:
        alike.setdefault((type(row), is_new(row)), []).append(row)
    for group in alike.values():
        session.add_all(group)
        await session.flush(group)  # these and no others, or the order would be another


async def remove(session: Session, rows: Iterable[SQLModel]) -> None:
    """Delete rows."""
    gone = list(rows)
    for row in gone:
        await session.delete(row)
    await session.flush(gone)
