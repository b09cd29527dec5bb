"""What can be done to come in: get a token."""

import asyncio
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import AuthSession, Client
from app.domain.actor import Actor, Role
from app.domain.auth import queries
from app.domain.auth.errors import InvalidClient, UnsupportedGrant
from app.domain.auth.schemas import TokenAnswer
from app.domain.auth.tokens import Tokens

HASH = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
NOBODY = HASH.hash(secrets.token_urlsafe())  # an unknown client costs as much time as a known one
AT_ONCE = asyncio.Semaphore(4)


async def issue_token(
    session: Session, tokens: Tokens, *, grant: str, client_id: str, secret: str, minutes: int
) -> TokenAnswer:
    """Give a machine client an access token in exchange for its secret."""
    if grant != "client_credentials":
        raise UnsupportedGrant(grant or "(none)", ["client_credentials"])
    client = await queries.client(session, client_id)
    async with AT_ONCE:
        known = (client and client.secret_hash) or NOBODY
        right = await asyncio.to_thread(HASH.verify, secret, known)
    if client is None or not right or client.disabled_at:
        raise InvalidClient()
    actor = await _actor_of(session, client, minutes)
    token = tokens.issue(actor, minutes=minutes)
    scope = " ".join(sorted(actor.permissions))
    return TokenAnswer(access_token=token, expires_in=minutes * 60, scope=scope)


async def _actor_of(session: Session, client: Client, minutes: int) -> Actor:
    grants = await queries.grants_of_client(session, client.id, client.unit_id)
    held = AuthSession(client_id=client.id, unit_id=client.unit_id, expires_at=_in(minutes))
    session.add(held)
    await session.flush()
    return Actor(
        subject=str(client.id),
        roles=frozenset(Role(grant.role) for grant in grants),
        level=await queries.level(session, client.unit_id),
        unit_id=client.unit_id,
        client=client.client_id,
        purposes=tuple(sorted({purpose for grant in grants for purpose in grant.purposes})),
        session=held.id,
        session_version=held.version,
    )


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
