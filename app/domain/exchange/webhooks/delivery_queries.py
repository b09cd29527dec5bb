"""Every SQL statement on deliveries: planned once, claimed by one worker, in order per record."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.db.session import Session, execute
from app.db.tables.webhooks import WebhookDelivery, WebhookEndpoint
from app.domain.exchange.webhooks.events import PlannedEvent

# numbered in the order of events; what was planned before is not planned again
PLAN = text("""
INSERT INTO webhook_delivery (id, endpoint_id, event, event_key, happened_at, resource,
  resource_id, resource_version, more, state, next_attempt_at, recorded_at)
SELECT t.id, :endpoint, t.event, t.event_key, t.happened_at, t.resource, t.resource_id,
  t.resource_version, t.more, 'waiting', :at, :at
FROM ROWS FROM (jsonb_to_recordset(CAST(:events AS jsonb)) AS (
  id uuid, event text, event_key text, happened_at timestamptz, resource text, resource_id uuid,
  resource_version int, more jsonb)) WITH ORDINALITY
  AS t(id, event, event_key, happened_at, resource, resource_id, resource_version, more, place)
ORDER BY t.place
ON CONFLICT (endpoint_id, event_key) DO NOTHING
""")
# a message waits while an earlier one of its record does; a claim is a lease, which ends by itself
# and a slow receiver with many gets a few at a time, so that those of others come in between
CLAIM = text("""
WITH candidate AS (
  SELECT c.* FROM webhook_endpoint e CROSS JOIN LATERAL (
    SELECT w.id, w.next_attempt_at, w.seq FROM webhook_delivery w
    WHERE w.endpoint_id = e.id AND w.state = 'waiting' AND w.next_attempt_at <= :at
      AND NOT EXISTS (
        SELECT FROM webhook_delivery b WHERE b.endpoint_id = w.endpoint_id
          AND b.resource_id IS NOT DISTINCT FROM w.resource_id
          AND b.state = 'waiting' AND b.seq < w.seq)
    ORDER BY w.next_attempt_at, w.seq LIMIT :each
  ) c
  WHERE e.state = 'active' AND (e.paused_until IS NULL OR e.paused_until <= :at)
  ORDER BY c.next_attempt_at, c.seq LIMIT 10 * :most
), due AS (
  SELECT w.id FROM webhook_delivery w JOIN candidate c ON c.id = w.id
  WHERE w.state = 'waiting' AND w.next_attempt_at <= :at
  ORDER BY c.next_attempt_at, c.seq LIMIT :most FOR UPDATE OF w SKIP LOCKED
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
# what waits for an endpoint that gets no messages would wait for ever
FORGET = text("""
DELETE FROM webhook_delivery d USING webhook_endpoint e WHERE e.id = d.endpoint_id
  AND (d.state <> 'waiting' OR e.state <> 'active') AND d.recorded_at < :before
""")


async def plan_deliveries(
    session: Session, endpoint: UUID, events: Sequence[PlannedEvent], at: datetime
) -> int:
    """Plan messages of events, each once; return how many are new."""
    if not events:
        return 0
    told = orjson.dumps([{"id": uuid7(), **one.to_dict()} for one in events], default=str)
    values = {"endpoint": endpoint, "events": told.decode(), "at": at}
    return (await execute(session, PLAN, values)).rowcount


async def claim_due(
    session: Session, at: datetime, until: datetime, most: int, each: int
) -> list[tuple[WebhookDelivery, WebhookEndpoint]]:
    """Claim some messages that are due, a few of each endpoint, with their endpoints."""
    claimed = await execute(session, CLAIM, {"at": at, "until": until, "most": most, "each": each})
    ids = list(claimed.scalars())
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
    session: Session, id: UUID, refusals: int, paused_until: datetime | None,
    accepted_at: datetime | None,
) -> None:  # fmt: skip
    """Save how an endpoint answers; that is no change which anybody follows."""
    values = {
        "id": id, "refusals": refusals, "paused_until": paused_until, "accepted_at": accepted_at,
    }  # fmt: skip
    await execute(session, COUNT, values)


async def forget_deliveries(session: Session, before: datetime) -> int:
    """Forget messages of before a time that wait no more, or in vain."""
    return (await execute(session, FORGET, {"before": before})).rowcount
