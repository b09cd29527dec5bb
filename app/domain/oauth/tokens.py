"""Tokens for a session: in whose name, with which rights, and the leaf that follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.util import await_only
from sqlmodel import SQLModel

from app.db.base import now
from app.db.session import Session
from app.db.synchronous import SynchronousSession as Bare
from app.db.tables.auth import AuthSession, Client, Grant, RefreshToken
from app.domain.actor import TWO_FACTOR_ROLES, Actor, Permission, Role
from app.domain.auth.tokens import Tokens
from app.domain.oauth import queries
from app.domain.oauth.consent import limit_of, serves
from app.domain.oauth.rules import digest, new_secret
from app.domain.records import kit as records
from app.settings import Settings

ALL = " ".join(sorted(Permission))


@dataclass(frozen=True, slots=True)
class OAuthContext:
    """The context of one OAuth request: one transaction, synchronous and asynchronous."""

    session: Session
    db: Bare
    settings: Settings
    tokens: Tokens | None = None  # where none are given, none is needed


@dataclass(frozen=True, slots=True)
class SessionRef:
    """A session, and the leaf that is given up for the next."""

    row: AuthSession
    leaf: bytes | None = None


def actor_of(context: OAuthContext, held: AuthSession, scope: str) -> Actor | None:
    """Return the actor of a session with current rights; None if there are none."""
    client = queries.find_session_client(context.db, held)
    person = queries.find_account(context.db, held.account_id) if held.account_id else None
    grants = _proved_grants(held, queries.list_grants(context.db, held))
    level = queries.find_level(context.db, held.unit_id) if held.unit_id else None
    if client is None or (held.account_id and person is None) or not grants or not level:
        return None
    assert held.unit_id is not None, "it has a level"
    wanted = frozenset(Permission(name) for name in (scope or ALL).split())
    if held.account_id:
        if not serves(context.db, client, held.unit_id):
            return None
        wanted &= limit_of(client)
    return Actor.within(
        wanted,
        subject=str(held.account_id or client.id),
        roles=frozenset(Role(grant.role) for grant in grants),
        level=level,
        unit_id=held.unit_id,
        client=client.client_id,
        purposes=tuple(sorted({purpose for grant in grants for purpose in grant.purposes})),
        session=held.id,
        session_version=held.version,
        methods=tuple(held.methods),
        signed_in_at=held.signed_in_at,
    )


def _proved_grants(held: AuthSession, grants: Sequence[Grant]) -> list[Grant]:
    """Leave out roles that need a second factor, where a person signed in without one."""
    proved = held.account_id is None or "otp" in held.methods
    return [one for one in grants if proved or Role(one.role) not in TWO_FACTOR_ROLES]


def open_for_machine(context: OAuthContext, client: Client, scope: str) -> AuthSession:
    """The session behind one token of a system that acts in its own name."""
    queries.lock_rights(context.db, client)
    minutes = context.settings.machine_token_minutes
    held = AuthSession(
        client_id=client.id, unit_id=client.unit_id, scope=scope, expires_at=_in(minutes=minutes)
    )
    save(context, held)
    return held


def session_end(context: OAuthContext, held: AuthSession) -> None:
    """From its code on a session lasts for its days, and no use makes them longer."""
    held.expires_at = _in(days=context.settings.refresh_days)


def issue_tokens(
    context: OAuthContext, actor: Actor, held: SessionRef, *, refresh: bool
) -> dict[str, Any]:
    """Issue an access token, and a refresh token for a person's application."""
    person = held.row.account_id is not None
    assert context.tokens, "this context can issue tokens"
    settings = context.settings
    minutes = settings.access_token_minutes if person else settings.machine_token_minutes
    said: dict[str, Any] = {
        "access_token": context.tokens.issue(actor, minutes=minutes),
        "token_type": "Bearer",
        "expires_in": minutes * 60,
        "scope": " ".join(sorted(actor.permissions)),
    }
    if refresh:
        said["refresh_token"] = _new_refresh_token(context, held)
    held.row.used_at = now()
    save(context, held.row)
    return said


def save(context: OAuthContext, *rows: SQLModel) -> None:
    """Save rows from within what the protocol library calls, which knows no waiting."""
    await_only(records.write(context.session, *rows))


def _new_refresh_token(context: OAuthContext, held: SessionRef) -> str:
    token = new_secret()
    idle = _in(days=context.settings.refresh_idle_days)
    leaf = RefreshToken(
        token_hash=digest(token), session_id=held.row.id, parent_hash=held.leaf,
        issued_at=now(), expires_at=min(idle, held.row.expires_at),
    )  # fmt: skip
    save(context, leaf)
    return token


def _in(**time: float) -> datetime:
    return now() + timedelta(**time)
