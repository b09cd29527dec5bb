"""What can be done to come in without the ways of OAuth: register a client, open a session."""

import asyncio
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import AuthSession, Client, Grant
from app.domain.actor import Actor
from app.domain.auth import queries
from app.domain.auth.errors import ClientExists
from app.domain.auth.schemas import ClientCreate

HASH = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))


async def register_client(session: Session, data: ClientCreate) -> str:
    """Register a system and hand out its secret, which is kept only as a hash."""
    if await queries.client(session, data.client_id):
        raise ClientExists(client_id=data.client_id)
    secret = secrets.token_urlsafe(32)
    known = await asyncio.to_thread(HASH.hash, secret)
    client = Client(**data.model_dump(include={"client_id", "name", "unit_id"}), secret_hash=known)
    session.add(client)
    await session.flush()
    session.add_all(
        Grant(client_id=client.id, role=role, unit_id=data.unit_id, purposes=data.purposes)
        for role in data.roles
    )
    await session.flush()
    return secret


async def open_session(session: Session, actor: Actor, *, minutes: int) -> Actor:
    """Let somebody in for a while without a sign-in: for development, from this machine only."""
    held = AuthSession(
        unit_id=actor.unit_id, expires_at=_in(minutes), methods=["development"],
        created_by=actor.subject, changed_by=actor.subject,
    )  # fmt: skip
    session.add(held)
    await session.flush()
    return replace(actor, session=held.id, session_version=held.version)


def _in(minutes: int) -> datetime:
    return now() + timedelta(minutes=minutes)
