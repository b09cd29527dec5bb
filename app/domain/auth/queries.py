"""Every SQL statement on who comes in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from app.db.base import now
from app.db.session import Session, execute
from app.db.tables.auth import Client, Grant, GrantState
from app.db.tables.units import Unit
from app.domain.actor import Actor


async def client(session: Session, client_id: str) -> Client | None:
    """One client by the name it goes by; nobody changes its rights until this transaction ends."""
    wanted = select(Client).where(Client.client_id == client_id)
    return (await session.exec(wanted.with_for_update(read=True, key_share=True))).one_or_none()


async def level(session: Session, unit_id: UUID) -> Any:
    """The level of a unit; None if there is no such unit."""
    return (await session.exec(select(Unit.level).where(Unit.id == unit_id))).one_or_none()


async def grants_of_client(session: Session, id: UUID, unit_id: UUID) -> Sequence[Grant]:
    """What a client is granted for a unit, and still holds."""
    return (
        await session.exec(
            select(Grant).where(
                Grant.client_id == id,
                Grant.unit_id == unit_id,
                Grant.state == GrantState.ACTIVE,
                col(Grant.expires_at).is_(None) | (col(Grant.expires_at) > now()),
            )
        )
    ).all()


# Row-level security reads these; they are forgotten when the transaction ends.
ENTER = """
SELECT set_config('binhyen.subject', :subject, true), set_config('binhyen.level', :level, true),
       set_config('binhyen.unit', :unit, true), set_config('binhyen.roles', :roles, true),
       EXISTS (SELECT FROM auth_session WHERE id = :session AND version = :version
               AND ended_at IS NULL) AS holds
"""


async def enter(session: Session, actor: Actor) -> bool:
    """Tell the database who acts in this transaction; whether his session still holds."""
    found = await execute(
        session,
        text(ENTER),
        {
            "subject": actor.subject,
            "level": actor.level.value,
            "unit": str(actor.unit_id),
            "roles": " ".join(sorted(actor.roles)),
            "session": actor.session,
            "version": actor.session_version,
        },
    )
    return bool(found.one().holds)
