"""Write rows of tables by explicit statements: nothing is written by the way."""

from collections.abc import Iterable

from sqlmodel import SQLModel

from app.db.row_sql import build_delete, is_new, value_before
from app.db.session import Session


async def write(session: Session, rows: Iterable[SQLModel]) -> None:
    """Write rows as they stand, in order: rows of one form in one turn."""
    await session.write(rows)


async def remove(session: Session, rows: Iterable[SQLModel]) -> None:
    """Delete rows."""
    for row in rows:
        writing = build_delete(type(row))
        await session.run_many(writing.sql(), [writing.arguments(row)])
        session.expunge(row)


__all__ = ["is_new", "remove", "value_before", "write"]
