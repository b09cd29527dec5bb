"""The answers of receivers: what becomes of a message, and of an endpoint that takes none."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.webhooks import (
    DeliveryState,
    DisableCause,
    EndpointState,
    WebhookDelivery,
    WebhookEndpoint,
)
from app.domain.auth.queries import set_actor
from app.domain.exchange.job_actors import restore_actor
from app.domain.exchange.webhooks import claim_queries as queries
from app.domain.exchange.webhooks.delivery_queries import promote_next
from app.domain.exchange.webhooks.endpoint_end import disable_endpoint
from app.domain.exchange.webhooks.rules import (
    GONE,
    count_refusals,
    is_accepted,
    next_attempt,
    pause_after,
)
from app.domain.exchange.webhooks.transport import Answer

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


async def save_outcomes(session: Session, id: UUID, outcomes: Sequence[Outcome]) -> None:
    """Save the answers of an endpoint; leave it alone for a while, or for good."""
    endpoint = await queries.lock_endpoint(session, id)  # first: the planner locks it first, too
    results = [one.to_result() for one in outcomes]
    await queries.save_results(session, results)
    waiting = {one["id"] for one in results if one["state"] == DeliveryState.WAITING}
    ended = [one.delivery for one in outcomes if one.delivery.id not in waiting]
    if ended:
        await promote_next(session, {(id, one.resource_id or id) for one in ended})
    refusals = count_refusals(endpoint.refusals, [one.is_accepted for one in outcomes])
    accepted_at = max((one.at for one in outcomes if one.is_accepted), default=None)
    at, pause = now(), pause_after(refusals)
    until = at + pause if pause else None
    await queries.count_answers(session, id, at, refusals, until, accepted_at)
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
