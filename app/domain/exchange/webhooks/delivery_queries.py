"""Every SQL statement by which messages are planned, wait again, and are forgotten."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import text
from uuid_utils.compat import uuid7

from app.db.session import Session, execute
from app.domain.exchange.webhooks.events import PlannedEvent

# numbered in the order of events; what was planned before is not planned again
PLAN = text("""
INSERT INTO webhook_delivery (id, endpoint_id, event, event_key, happened_at, resource,
  resource_id, resource_version, more, state, is_next, next_attempt_at, recorded_at)
SELECT t.id, :endpoint, t.event, t.event_key, t.happened_at, t.resource, t.resource_id,
  t.resource_version, t.more, 'waiting', false, :at, :at
FROM ROWS FROM (jsonb_to_recordset(CAST(:events AS jsonb)) AS (
  id uuid, event text, event_key text, happened_at timestamptz, resource text, resource_id uuid,
  resource_version int, more jsonb)) WITH ORDINALITY
  AS t(id, event, event_key, happened_at, resource, resource_id, resource_version, more, place)
ORDER BY t.place
ON CONFLICT (endpoint_id, event_key) DO NOTHING
""")
# the first that waits about each of these records; the record of what has none is the endpoint
PROMOTE = text("""
UPDATE webhook_delivery d SET is_next = true
FROM jsonb_to_recordset(CAST(:ended AS jsonb)) AS t(endpoint uuid, record uuid)
CROSS JOIN LATERAL (
  SELECT w.id FROM webhook_delivery w
  WHERE w.endpoint_id = t.endpoint AND w.state = 'waiting'
    AND coalesce(w.resource_id, w.endpoint_id) = t.record
  ORDER BY w.seq LIMIT 1) first
WHERE d.id = first.id AND NOT d.is_next
""")
WAKE = text("""
UPDATE webhook_endpoint
SET due_at = least(coalesce(due_at, 'infinity'), greatest(:at, paused_until)) WHERE id = :endpoint
""")
REPLAY = text("""
UPDATE webhook_delivery SET state = 'waiting', is_next = true, attempts = 0, next_attempt_at = :at,
  delivered_at = NULL, failure = NULL
WHERE id IN (SELECT id FROM webhook_delivery WHERE endpoint_id = :endpoint
  AND happened_at >= :since AND happened_at < :until AND state = ANY (:states) LIMIT :most)
""")
# what waits for an endpoint that gets no messages would wait for ever
FORGET = text("""
DELETE FROM webhook_delivery d USING webhook_endpoint e WHERE e.id = d.endpoint_id
  AND (d.state <> 'waiting' OR e.state <> 'active') AND d.recorded_at < :before
""")
# what waited for a forgotten message, or was planned by a server of another version
MEND = text("""
UPDATE webhook_delivery d SET is_next = true FROM (
  SELECT w.id FROM webhook_delivery w
  WHERE w.state = 'waiting' AND NOT w.is_next AND NOT EXISTS (
    SELECT FROM webhook_delivery b WHERE b.endpoint_id = w.endpoint_id AND b.state = 'waiting'
      AND coalesce(b.resource_id, b.endpoint_id) = coalesce(w.resource_id, w.endpoint_id)
      AND b.seq < w.seq)
  FOR UPDATE SKIP LOCKED) first
WHERE d.id = first.id
""")
MEND_TURNS = text("""
UPDATE webhook_endpoint e SET due_at = :at FROM (
  SELECT id FROM webhook_endpoint s WHERE state = 'active' AND due_at IS NULL
    AND EXISTS (SELECT FROM webhook_delivery w WHERE w.endpoint_id = s.id AND w.state = 'waiting')
  FOR UPDATE SKIP LOCKED) still
WHERE e.id = still.id
""")


async def plan_deliveries(
    session: Session, endpoint: UUID, events: Sequence[PlannedEvent], at: datetime
) -> int:
    """Plan messages of events, each once; return how many are new."""
    if not events:
        return 0
    told = orjson.dumps([{"id": uuid7(), **one.to_dict()} for one in events], default=str)
    values = {"endpoint": endpoint, "events": told.decode(), "at": at}
    planned = (await execute(session, PLAN, values)).rowcount
    await promote_next(session, {(endpoint, one.resource_id or endpoint) for one in events})
    await wake_endpoint(session, endpoint, at)
    return planned


async def promote_next(session: Session, records: set[tuple[UUID, UUID]]) -> None:
    """Let the first message that waits about each record, by its endpoint, be the next one."""
    told = [{"endpoint": str(endpoint), "record": str(record)} for endpoint, record in records]
    await execute(session, PROMOTE, {"ended": orjson.dumps(told).decode()})


async def wake_endpoint(session: Session, endpoint: UUID, at: datetime) -> None:
    """Let senders look at an endpoint, which has something to send."""
    await execute(session, WAKE, {"endpoint": endpoint, "at": at})


async def replay_deliveries(
    session: Session, endpoint: UUID, since: datetime, until: datetime, states: Sequence[str],
    at: datetime, most: int,
) -> int:  # fmt: skip
    """Let messages wait again, and no more than the caller takes; return how many."""
    values = {
        "endpoint": endpoint, "since": since, "until": until, "states": list(states), "at": at,
        "most": most,
    }  # fmt: skip
    await wake_endpoint(session, endpoint, at)  # first: senders lock the endpoint first, too
    return (await execute(session, REPLAY, values)).rowcount


async def forget_deliveries(session: Session, before: datetime, at: datetime) -> int:
    """Forget messages of before a time that wait no more, or in vain."""
    forgotten = (await execute(session, FORGET, {"before": before})).rowcount
    await execute(session, MEND)
    await execute(session, MEND_TURNS, {"at": at})
    return forgotten
