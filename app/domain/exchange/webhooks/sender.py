"""Send the messages that are due: at least once, in order per record, by any number of workers.

A claim is a lease on some messages, longer than sending them may take: of a worker that is killed
it ends by itself, and another worker sends them again. Each endpoint has turns of its own, so that
one that is slow holds up no other.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from math import inf
from uuid import UUID

import httpx

from app.db.base import now
from app.db.session import Database
from app.db.tables.webhooks import WebhookDelivery, WebhookEndpoint
from app.domain.exchange.webhooks import claim_queries as queries
from app.domain.exchange.webhooks.answers import Outcome, save_outcomes
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.exchange.webhooks.keys import open_keys
from app.domain.exchange.webhooks.rules import build_body
from app.domain.exchange.webhooks.signatures import sign_message
from app.domain.exchange.webhooks.transport import TIMEOUT, Answer, open_client, send_message
from app.domain.login.errors import StartAgain

MAX_AT_ONCE, MAX_OF_ONE = 50, 10  # messages in all, and of one endpoint
LEASE = timedelta(seconds=3 * TIMEOUT)
LOOK_AGAIN = 1.0  # seconds, while endpoints are slow
Claimed = tuple[WebhookDelivery, WebhookEndpoint]


async def send_due(database: Database, webhooks: WebhookContext, *, seconds: float = inf) -> int:
    """Send what is due until nothing is, or for some time; return how many were tried."""
    until = time.monotonic() + seconds
    async with open_client() as client:
        turns = Turns(database, webhooks, client)
        try:
            while (time.monotonic() < until and await turns.start()) or turns.tasks:
                await turns.collect()
        finally:
            for turn in turns.tasks.values():
                turn.cancel()
    return turns.tried


@dataclass(slots=True)
class Turns:
    """Endpoints on their turns, each with a few messages."""

    database: Database
    webhooks: WebhookContext
    client: httpx.AsyncClient
    tasks: dict[UUID, asyncio.Task[None]] = field(default_factory=dict)
    tried: int = 0

    async def start(self) -> bool:
        """Claim what is due and there is room for; return whether anything was."""
        most, at = MAX_AT_ONCE - MAX_OF_ONE * len(self.tasks), now()
        if most <= 0:
            return False
        async with self.database.write_transaction() as session:
            claimed = await queries.claim_due(
                session, at, at + LEASE, most, MAX_OF_ONE, self.tasks.keys()
            )
            if not claimed:
                await queries.rest_endpoints(session, at)
        self.tried += len(claimed)
        for endpoint, some in _by_endpoint(claimed):
            self.tasks[endpoint] = asyncio.create_task(self._send_turn(endpoint, some))
        return bool(claimed)

    async def collect(self) -> None:
        """Wait for the end of a turn, for a moment."""
        await asyncio.wait(
            self.tasks.values(), timeout=LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED
        )
        for id in [id for id, turn in self.tasks.items() if turn.done()]:
            self.tasks.pop(id).result()

    async def _send_turn(self, endpoint: UUID, claimed: Sequence[Claimed]) -> None:
        sent = (_send(self.client, self.webhooks, *one) for one in claimed)
        outcomes = sorted(await asyncio.gather(*sent), key=lambda one: one.at)
        async with self.database.write_transaction() as session:
            await save_outcomes(session, endpoint, outcomes)


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


def _by_endpoint(claimed: Sequence[Claimed]) -> Iterator[tuple[UUID, list[Claimed]]]:
    ordered = sorted(claimed, key=lambda one: one[1].id)  # those of each stay in their order
    return ((id, list(some)) for id, some in groupby(ordered, lambda one: one[1].id))
