"""Every SQL statement of senders: messages are claimed by one of them, in order per record."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.webhooks import WebhookDelivery, WebhookEndpoint

# only endpoints with something to send are looked at, the one that has waited longest first;
# a message waits while an earlier one of its record does; a claim is a lease, which ends by itself
CLAIM = text("""
WITH ready AS (
  SELECT e.id, e.due_at FROM webhook_endpoint e
  WHERE e.state = 'active' AND e.due_at <= :at AND e.id <> ALL (:busy)
    AND (e.paused_until IS NULL OR e.paused_until <= :at)
  ORDER BY e.due_at LIMIT :most
), candidate AS (
  SELECT c.*, r.due_at FROM ready r CROSS JOIN LATERAL (
    SELECT w.id, w.seq FROM webhook_delivery w
    WHERE w.endpoint_id = r.id AND w.state = 'waiting' AND w.is_next AND w.next_attempt_at <= :at
      AND NOT EXISTS (
        SELECT FROM webhook_delivery b WHERE b.endpoint_id = w.endpoint_id
          AND coalesce(b.resource_id, b.endpoint_id) = coalesce(w.resource_id, w.endpoint_id)
          AND b.state = 'waiting' AND b.seq < w.seq)
    ORDER BY w.next_attempt_at, w.seq LIMIT :each
  ) c
), due AS (
  SELECT w.id FROM webhook_delivery w JOIN candidate c ON c.id = w.id
  WHERE w.state = 'waiting' AND w.next_attempt_at <= :at
  ORDER BY c.due_at, c.seq LIMIT :most FOR UPDATE OF w SKIP LOCKED
)
UPDATE webhook_delivery d SET attempts = d.attempts + 1, last_attempt_at = :at,
  next_attempt_at = :until
FROM due WHERE d.id = due.id RETURNING d.id
""")
# only of the attempt that was claimed: a worker that comes late changes nothing
SAVE = text("""
UPDATE webhook_delivery d SET state = t.state, status_code = t.status_code, failure = t.failure,
  next_attempt_at = t.next_attempt_at, delivered_at = t.delivered_at
FROM jsonb_to_recordset(CAST(:results AS jsonb)) AS t(id uuid, attempts int, state text,
  status_code int, failure text, next_attempt_at timestamptz, delivered_at timestamptz)
WHERE d.id = t.id AND d.attempts = t.attempts AND d.state = 'waiting'
""")
COUNT = text("""
UPDATE webhook_endpoint SET refusals = :refusals, paused_until = :paused_until,
  accepted_at = coalesce(:accepted_at, accepted_at) WHERE id = :id
""")
IDLE = text("""
SELECT id FROM webhook_endpoint WHERE state = 'active' AND due_at <= :at
ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED
""")
# of locked endpoints, so that what was planned meanwhile is seen; behind all others that are due
TURN = text("""
UPDATE webhook_endpoint e SET due_at = (
  SELECT greatest(min(w.next_attempt_at), e.paused_until, :at) FROM webhook_delivery w
  WHERE w.endpoint_id = e.id AND w.state = 'waiting' AND w.is_next
  HAVING min(w.next_attempt_at) IS NOT NULL)
WHERE id = ANY (:ids)
""")
MAX_IDLE = 1_000


async def claim_due(
    session: Session, at: datetime, until: datetime, most: int, each: int, busy: Collection[UUID]
) -> list[tuple[WebhookDelivery, WebhookEndpoint]]:
    """Claim some messages that are due, a few of each endpoint, with their endpoints."""
    values = {"at": at, "until": until, "most": most, "each": each, "busy": list(busy)}
    ids = list((await execute(session, CLAIM, values)).scalars())
    if not ids:
        return []
    found = select(WebhookDelivery, WebhookEndpoint).where(
        WebhookDelivery.endpoint_id == WebhookEndpoint.id, col(WebhookDelivery.id).in_(ids)
    )
    rows = (await session.exec(found.order_by(col(WebhookDelivery.seq)))).all()
    return [(delivery, endpoint) for delivery, endpoint in rows]


async def save_results(session: Session, results: Sequence[dict[str, Any]]) -> None:
    """Save what became of the messages of a claim."""
    await execute(session, SAVE, {"results": orjson.dumps(results, default=str).decode()})


async def lock_endpoint(session: Session, id: UUID) -> WebhookEndpoint:
    """Lock an endpoint whose answers are counted."""
    statement = select(WebhookEndpoint).where(WebhookEndpoint.id == id).with_for_update()
    return (await session.exec(statement)).one()


async def count_answers(
    session: Session, id: UUID, at: datetime, refusals: int, paused_until: datetime | None,
    accepted_at: datetime | None,
) -> None:  # fmt: skip
    """Save how an endpoint answers, and when it is its turn; no change which anybody follows."""
    values = {
        "id": id, "refusals": refusals, "paused_until": paused_until, "accepted_at": accepted_at,
    }  # fmt: skip
    await execute(session, COUNT, values)
    await execute(session, TURN, {"ids": [id], "at": at})


async def rest_endpoints(session: Session, at: datetime) -> None:
    """Leave endpoints alone that were due and had nothing to claim, until they have."""
    ids = list((await execute(session, IDLE, {"at": at, "most": MAX_IDLE})).scalars())
    if ids:
        await execute(session, TURN, {"ids": ids, "at": at})
