"""Operations on clients: register, rotate the secret, disable."""

import secrets
from uuid import UUID

from app.db.session import Session
from app.db.tables.auth import Client, ClientKind
from app.domain.accounts import holders, queries, rules
from app.domain.accounts.errors import ClientExists, KindDoesNotFit, NoSecret
from app.domain.accounts.schemas import (
    ClientCreate,
    ClientCredentials,
    ClientOpening,
    HolderTransition,
)
from app.domain.actor import OWN_CLIENT, Actor, Permission, operation
from app.domain.auth.client_secrets import hash_secret
from app.domain.records import kit as records


@operation(Permission.CLIENT_WRITE)
async def register_client(session: Session, actor: Actor, data: ClientCreate) -> ClientCredentials:
    """Register an application or system of one of your units; its secret is returned only once."""
    public = data.kind is ClientKind.PUBLIC
    if public and (data.keys or not data.redirect_uris):
        raise KindDoesNotFit()
    unit = await holders.load_own_unit(session, actor, data.unit)
    if data.client_id == OWN_CLIENT or await queries.find_client(session, data.client_id):
        raise ClientExists(client_id=data.client_id)
    client = Client(
        client_id=data.client_id, name=data.name, kind=data.kind, unit_id=unit,
        redirect_uris=list(data.redirect_uris),
    )  # fmt: skip
    if data.keys:
        client.keys = {"keys": [key.model_dump(exclude_none=True) for key in data.keys]}
    secret = None if public or data.keys else _new_secret(client)
    await records.create(session, actor, Permission.CLIENT_WRITE, client, data.model_fields_set)
    return ClientCredentials(id=client.id, client_id=client.client_id, client_secret=secret)


@operation(Permission.CLIENT_WRITE)
async def rotate_secret(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> ClientCredentials:
    """Replace the secret of a client; the old one and its sessions end at once."""
    client = await records.get(session, actor, Client, id)
    await holders.check_governs(session, actor, client, expected)
    if client.secret_hash is None:
        raise NoSecret(instead="PKCE" if client.kind is ClientKind.PUBLIC else "private_key_jwt")
    secret = _new_secret(client)
    await queries.end_sessions(session, client, actor, "secret_rotated")
    await records.save(session, actor, Permission.CLIENT_WRITE, client, ["secret"])
    return ClientCredentials(id=client.id, client_id=client.client_id, client_secret=secret)


@operation(Permission.CLIENT_WRITE)
async def transition_client(
    session: Session, actor: Actor, id: UUID, data: HolderTransition, expected: int | None
) -> UUID:
    """Disable a client, which ends its sessions at once, or enable it again."""
    client = await records.get(session, actor, Client, id)
    await holders.check_governs(session, actor, client, expected)
    step = await holders.set_enabled(session, actor, client, data)
    return await records.save(
        session, actor, Permission.CLIENT_WRITE, client, ["disabled_at"], step
    )


@operation(Permission.CLIENT_WRITE)
async def open_client(
    session: Session, actor: Actor, id: UUID, data: ClientOpening, expected: int | None
) -> UUID:
    """Open a client to the people of a wider unit and to guarded permissions."""
    client = await records.get(session, actor, Client, id)
    await records.check_version(session, client, expected)
    rules.check_superior(actor, await queries.level(session, client.unit_id), client.created_by)
    wanted = await holders.load_own_unit(session, actor, data.unit) if data.unit else None
    client.opened_to_id, client.opened_scopes = wanted, sorted(set(data.scopes))
    await queries.expire_tokens(session, client, actor)
    fields = ["opened_scopes", "opened_to_id"]
    return await records.save(session, actor, Permission.CLIENT_WRITE, client, fields)


def _new_secret(client: Client) -> str:
    secret = secrets.token_urlsafe(32)
    client.secret_hash = hash_secret(secret)
    return secret
