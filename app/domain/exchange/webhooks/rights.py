"""The rights of an endpoint: those of its owner now, within those of its registration.

An endpoint of an account or a client has a session of its own, which ends with those of its owner:
what ends tokens ends messages. Its rights are worked out again on each turn, as for a new token.
"""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import AuthSession
from app.db.tables.webhooks import WebhookEndpoint
from app.domain.actor import Actor
from app.domain.exchange.job_actors import describe_actor, restore_actor
from app.domain.exchange.webhooks import queries
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.oauth import queries as oauth
from app.domain.oauth.tokens import OAuthContext, actor_of
from app.domain.records import kit as records

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


async def describe_owner(session: Session, actor: Actor) -> dict[str, Any]:
    """Open a session for an endpoint, and describe its owner in it.

    A token that was given by hand has no holder: its endpoint lasts as long as its session.
    """
    held = await queries.find_session(session, actor.session)
    if held is None or held.client_id is None:
        return describe_actor(actor)
    own = AuthSession(
        account_id=held.account_id, client_id=held.client_id, unit_id=held.unit_id,
        scope=" ".join(sorted(actor.permissions)), methods=list(held.methods),
        signed_in_at=held.signed_in_at, used_at=now(), expires_at=FOR_EVER,
    )  # fmt: skip
    await records.write(session, own)
    return describe_actor(replace(actor, session=own.id, session_version=own.version))


async def find_owner(
    session: Session, webhooks: WebhookContext, endpoint: WebhookEndpoint
) -> Actor | None:
    """Return the owner of an endpoint with the rights of now; None where there are none left."""
    known = restore_actor(endpoint.acting)
    held = await queries.find_session(session, known.session)
    if held is None or held.ended_at is not None:
        return None
    if held.client_id is None:
        return known if held.version == known.session_version else None

    def find(db: Any) -> Actor | None:
        return actor_of(OAuthContext(session, db, webhooks.settings), held, held.scope)

    found = await oauth.run_sync(session, find)
    return found if found and found.permissions else None
