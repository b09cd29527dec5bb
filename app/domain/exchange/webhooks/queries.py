"""Every SQL statement on endpoints, apart from those of the shape."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.auth import AuthSession
from app.db.tables.webhooks import EndpointState, WebhookEndpoint
from app.domain.actor import Actor

REPLAY = text("""
UPDATE webhook_delivery SET state = 'waiting', attempts = 0, next_attempt_at = :at,
  delivered_at = NULL, failure = NULL
WHERE id IN (SELECT id FROM webhook_delivery WHERE endpoint_id = :endpoint
  AND happened_at >= :since AND happened_at < :until AND state = ANY (:states) LIMIT :most)
""")
WAKE = text("""
UPDATE webhook_endpoint SET refusals = 0, paused_until = NULL, accepted_at = NULL WHERE id = :id
""")


async def find_session(session: Session, id: UUID | None) -> AuthSession | None:
    """Return a session of somebody; None where they have none."""
    return await session.get(AuthSession, id) if id else None


async def count_active(session: Session, actor: Actor) -> int:
    """Count the endpoints of an owner in their unit that get messages."""
    statement = (
        select(func.count())
        .select_from(WebhookEndpoint)
        .where(
            WebhookEndpoint.created_by == actor.subject,
            WebhookEndpoint.unit_id == actor.unit_id,
            WebhookEndpoint.state == EndpointState.ACTIVE,
        )
    )
    return int((await session.exec(statement)).one())


async def list_active(session: Session) -> Sequence[UUID]:
    """List the endpoints that get messages."""
    statement = select(WebhookEndpoint.id).where(WebhookEndpoint.state == EndpointState.ACTIVE)
    return list((await session.exec(statement.order_by(col(WebhookEndpoint.id)))).all())


async def lock_active(session: Session, id: UUID) -> WebhookEndpoint | None:
    """Lock an endpoint that gets messages; None while another worker has it."""
    statement = select(WebhookEndpoint).where(
        WebhookEndpoint.id == id, WebhookEndpoint.state == EndpointState.ACTIVE
    )
    return (await session.exec(statement.with_for_update(skip_locked=True))).one_or_none()


async def save_position(session: Session, id: UUID, **values: Any) -> None:
    """Save how far an endpoint has come; that is no change which anybody follows."""
    named = ", ".join(f"{name} = :{name}" for name in values)
    await execute(
        session, text(f"UPDATE webhook_endpoint SET {named} WHERE id = :id"), {"id": id, **values}
    )


async def replay_deliveries(
    session: Session, endpoint: UUID, since: datetime, until: datetime, states: Sequence[str],
    at: datetime, most: int,
) -> int:  # fmt: skip
    """Let messages wait again, and no more than the caller takes; return how many."""
    values = {
        "endpoint": endpoint, "since": since, "until": until, "states": list(states), "at": at,
        "most": most,
    }  # fmt: skip
    return (await execute(session, REPLAY, values)).rowcount


async def forget_refusals(session: Session, id: UUID) -> None:
    """Forget that an endpoint took no messages, when its owner enables it again."""
    await execute(session, WAKE, {"id": id})
