"""Open a session without OAuth, for development."""

from dataclasses import replace
from datetime import datetime, timedelta

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.db.base import now
from app.db.rows import write
from app.db.session import Session
from app.db.tables.auth import AuthSession
from app.domain.actor import Actor

HASH = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))


async def open_session(session: Session, actor: Actor, *, minutes: int) -> Actor:
    """Let somebody in for a while without a sign-in: for development, from this machine only."""
    held = AuthSession(
        unit_id=actor.unit_id, expires_at=_in(minutes), methods=["development"],
        created_by=actor.subject, changed_by=actor.subject,
    )  # fmt: skip
    await write(session, [held])
    return replace(actor, session=held.id, session_version=held.version)


def _in(minutes: int) -> datetime:
    return now() + timedelta(minutes=minutes)
