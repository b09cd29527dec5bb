"""Every SQL statement on endpoints, apart from those of the shape."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, text
from sqlmodel import select

from app.db.session import Session, execute
from app.db.tables.auth import AuthSession
from app.db.tables.webhooks import EndpointState, WebhookEndpoint
from app.domain.actor import Actor

WITH_NEWS = text("""
SELECT e.id FROM webhook_endpoint e
WHERE e.state = 'active' AND (e.near_checked_at IS NULL OR e.near_checked_at <= :before
  OR EXISTS (SELECT FROM outbox o WHERE (o.transaction_id, o.id) > (e.position, e.position_id)
    AND o.transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint))
ORDER BY e.id
""")
WAKE = text("""
UPDATE webhook_endpoint SET refusals = 0, paused_until = NULL, accepted_at = NULL, due_at = :at
WHERE id = :id
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


async def list_with_news(session: Session, before: datetime) -> Sequence[UUID]:
    """List the active endpoints with news to read, or not looked at since a time."""
    return list((await execute(session, WITH_NEWS, {"before": before})).scalars())


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


async def forget_refusals(session: Session, id: UUID, at: datetime) -> None:
    """Forget that an endpoint took no messages, when its owner enables it again."""
    await execute(session, WAKE, {"id": id, "at": at})
