"""What can be done to come in: register a client, and get a token for it."""

import asyncio
import secrets

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.db.session import Session
from app.db.tables.auth import Client
from app.domain.actor import Actor, Role
from app.domain.auth import queries
from app.domain.auth.errors import ClientExists, InvalidClient, UnsupportedGrant
from app.domain.auth.schemas import ClientCreate, TokenAnswer
from app.domain.auth.tokens import Tokens

HASH = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
NOBODY = HASH.hash(secrets.token_urlsafe())  # an unknown client costs as much time as a known one
AT_ONCE = asyncio.Semaphore(4)


async def register_client(session: Session, data: ClientCreate) -> str:
    """Register a system and hand out its secret, which is kept only as a hash."""
    if await queries.client(session, data.client_id):
        raise ClientExists(client_id=data.client_id)
    secret = secrets.token_urlsafe(32)
    known = await asyncio.to_thread(HASH.hash, secret)
    roles = [role.value for role in data.roles]
    session.add(Client(**data.model_dump(exclude={"roles"}), roles=roles, secret_hash=known))
    await session.flush()
    return secret


async def issue_token(
    session: Session, tokens: Tokens, *, grant: str, client_id: str, secret: str, minutes: int
) -> TokenAnswer:
    """Give a machine client an access token in exchange for its secret."""
    if grant != "client_credentials":
        raise UnsupportedGrant(grant or "(none)", ["client_credentials"])
    client = await queries.client(session, client_id)
    async with AT_ONCE:
        known = client.secret_hash if client else NOBODY
        right = await asyncio.to_thread(HASH.verify, secret, known)
    if client is None or not right or client.disabled_at:
        raise InvalidClient()
    actor = await _actor_of(session, client)
    token = tokens.issue(actor, minutes=minutes)
    scope = " ".join(sorted(actor.permissions))
    return TokenAnswer(access_token=token, expires_in=minutes * 60, scope=scope)


async def _actor_of(session: Session, client: Client) -> Actor:
    return Actor(
        subject=str(client.id),
        roles=frozenset(Role(role) for role in client.roles),
        level=await queries.level(session, client.unit_id),
        unit_id=client.unit_id,
        client=client.client_id,
        purposes=tuple(client.purposes),
    )
