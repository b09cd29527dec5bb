"""Every SQL statement on machine clients."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.auth import Client
from app.db.tables.units import Unit


async def client(session: Session, client_id: str) -> Client | None:
    """One client by the name it goes by."""
    return (await session.exec(select(Client).where(Client.client_id == client_id))).one_or_none()


async def level(session: Session, unit_id: UUID) -> Any:
    """The level of a unit; None if there is no such unit."""
    return (await session.exec(select(Unit.level).where(Unit.id == unit_id))).one_or_none()


async def clients_of(session: Session, unit_ids: Sequence[UUID]) -> Sequence[Client]:
    """Clients that serve any of these units."""
    return (await session.exec(select(Client).where(col(Client.unit_id).in_(unit_ids)))).all()
