"""Send the messages that are due: at least once, in order per record, by any number of workers.

A claim is a lease on some messages, longer than sending them may take: of a worker that is killed
it ends by itself, and another worker sends them again.
"""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

import httpx

from app.db.base import now
from app.db.session import Database, Session
from app.db.tables.webhooks import (
    DeliveryState,
    DisableCause,
    EndpointState,
    WebhookDelivery,
    WebhookEndpoint,
)
from app.domain.auth.queries import set_actor
from app.domain.exchange.job_actors import restore_actor
from app.domain.exchange.webhooks import delivery_queries as queries
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.exchange.webhooks.endpoint_end import disable_endpoint
from app.domain.exchange.webhooks.keys import open_keys
from app.domain.exchange.webhooks.rules import (
    GONE,
    build_body,
    count_refusals,
    is_accepted,
    next_attempt,
    pause_after,
)
from app.domain.exchange.webhooks.signatures import sign_message
from app.domain.exchange.webhooks.transport import TIMEOUT, Answer, open_client, send_message
from app.domain.login.errors import StartAgain

MAX_AT_ONCE, MAX_OF_ONE = 20, 5  # messages in all, and of one endpoint
LEASE = timedelta(seconds=3 * TIMEOUT)
DICE = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A message that was sent, and its answer."""

    delivery: WebhookDelivery
    answer: Answer
    at: datetime

    @property
    def is_accepted(self) -> bool:
        return is_accepted(self.answer.status)

    def to_result(self) -> dict[str, Any]:
        """Return the columns to save."""
        delivery, answer = self.delivery, self.answer
        again = None
        if not self.is_accepted:
            again = next_attempt(delivery.attempts, self.at, answer.retry_after, DICE)
        state = DeliveryState.WAITING if again else DeliveryState.FAILED
        return {
            "id": delivery.id, "attempts": delivery.attempts, "status_code": answer.status,
            "state": DeliveryState.DELIVERED if self.is_accepted else state,
            "failure": answer.failure, "next_attempt_at": again,
            "delivered_at": self.at if self.is_accepted else None,
        }  # fmt: skip


async def send_due(database: Database, webhooks: WebhookContext, *, most: int = MAX_AT_ONCE) -> int:
    """Send some messages that are due; return how many were tried."""
    async with database.write_transaction() as session:
        at = now()
        claimed = await queries.claim_due(session, at, at + LEASE, most, MAX_OF_ONE)
    if not claimed:
        return 0
    async with open_client() as client:
        outcomes = await asyncio.gather(*(_send(client, webhooks, *one) for one in claimed))
    async with database.write_transaction() as session:
        await queries.save_results(session, [one.to_result() for one in outcomes])
        for endpoint, some in _by_endpoint(outcomes):
            await _count(session, endpoint, some)
    return len(outcomes)


async def _send(
    client: httpx.AsyncClient, webhooks: WebhookContext, delivery: WebhookDelivery,
    endpoint: WebhookEndpoint,
) -> Outcome:  # fmt: skip
    try:
        keys, body, at = open_keys(webhooks.seal, endpoint), build_body(delivery), now()
    except StartAgain:  # sealed by a key that the settings have no more
        return Outcome(delivery, Answer(failure="webhook_keys_lost"), now())
    headers = sign_message(keys, f"msg_{delivery.id}", int(at.timestamp()), body)
    answer = await send_message(client, webhooks, endpoint.url, headers, body)
    return Outcome(delivery, answer, now())


def _by_endpoint(outcomes: Sequence[Outcome]) -> Sequence[tuple[UUID, list[Outcome]]]:
    ordered = sorted(outcomes, key=lambda one: (one.delivery.endpoint_id, one.at))
    return [(id, list(some)) for id, some in groupby(ordered, lambda one: one.delivery.endpoint_id)]


async def _count(session: Session, id: UUID, outcomes: Sequence[Outcome]) -> None:
    """Count the answers of an endpoint; leave it alone for a while, or for good."""
    endpoint = await queries.lock_endpoint(session, id)
    refusals = count_refusals(endpoint.refusals, [one.is_accepted for one in outcomes])
    accepted_at = max((one.at for one in outcomes if one.is_accepted), default=None)
    pause = pause_after(refusals)
    until = now() + pause if pause else None
    await queries.count_answers(session, id, refusals, until, accepted_at)
    why = _cause_to_disable(endpoint, outcomes, accepted_at)
    if why and endpoint.state is EndpointState.ACTIVE:
        await set_actor(session, restore_actor(endpoint.acting))
        await disable_endpoint(session, endpoint, why)


def _cause_to_disable(
    endpoint: WebhookEndpoint, outcomes: Sequence[Outcome], accepted_at: datetime | None
) -> DisableCause | None:
    if any(one.answer.status == GONE for one in outcomes):
        return DisableCause.GONE
    accepted_at = accepted_at or endpoint.accepted_at
    given_up = [one.delivery for one in outcomes if one.to_result()["state"] == "failed"]
    if any(accepted_at is None or accepted_at < one.recorded_at for one in given_up):
        return DisableCause.UNREACHABLE
    return None
