"""Locks of provinces, for who changes the map there."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text

from app.db.session import Session, execute


async def lock_provinces(session: Session, provinces: Iterable[UUID | None]) -> None:
    """Lock provinces alone, to change the map there: wait for those who write, hold others back."""
    alone = text("SELECT lock_provinces(CAST(:provinces AS uuid[]))")
    await execute(session, alone, {"provinces": list(provinces)})
