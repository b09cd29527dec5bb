"""The rights of an endpoint: those of its owner now, within those of its registration."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import AuthSession
from app.db.tables.webhooks import WebhookEndpoint
from app.domain.actor import Actor
from app.domain.exchange.job_actors import describe_actor, restore_actor
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.oauth import queries as oauth
from app.domain.oauth.tokens import OAuthContext, actor_of


async def describe_owner(session: Session, actor: Actor) -> dict[str, Any]:
    """Describe the owner of an endpoint: the session ends, the account or client stays."""
    held = await session.get(AuthSession, actor.session) if actor.session else None
    acting = describe_actor(actor)
    if held is None or held.client_id is None:
        return acting
    holder = {
        "account_id": held.account_id and str(held.account_id), "client_id": str(held.client_id),
        "unit_id": str(held.unit_id), "methods": list(held.methods),
    }  # fmt: skip
    return acting | {"holder": holder}


async def find_owner(
    session: Session, webhooks: WebhookContext, endpoint: WebhookEndpoint
) -> Actor | None:
    """Return the owner of an endpoint with the rights of now; None where there are none left.

    A token that was given by hand has no holder: its endpoint lasts as long as its session.
    """
    known = restore_actor(endpoint.acting)
    holder = endpoint.acting.get("holder")
    if holder is None:
        held = await session.get(AuthSession, known.session) if known.session else None
        lives = held is not None and held.ended_at is None and held.version == known.session_version
        return known if lives else None
    found = await _find_current(session, webhooks, known, holder)
    if found is None:
        return None
    scope = found.permissions & known.permissions
    return replace(
        known, roles=found.roles & known.roles, purposes=found.purposes, scope=scope, session=None
    ) if scope else None  # fmt: skip


async def _find_current(
    session: Session, webhooks: WebhookContext, known: Actor, holder: dict[str, Any]
) -> Actor | None:
    """Return what the owner would get a token for now."""
    held = AuthSession(
        account_id=holder["account_id"] and UUID(holder["account_id"]),
        client_id=UUID(holder["client_id"]), unit_id=UUID(holder["unit_id"]),
        methods=holder["methods"], expires_at=now(),
    )  # fmt: skip
    scope = " ".join(sorted(known.permissions))

    def find(db: Any) -> Actor | None:
        return actor_of(OAuthContext(session, db, webhooks.settings), held, scope)

    return await oauth.run_sync(session, find)
