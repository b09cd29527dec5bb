"""Rules of webhooks: what a message says, and when it is tried again."""

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import UUID

import orjson

from app.db.tables.webhooks import WebhookDelivery

# after each attempt: the waits of Standard Webhooks, 75 hours in all
WAITS = tuple(
    timedelta(seconds=one) for one in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
JITTER = 0.2  # so that messages which failed together are not sent together again
LONGEST_WAIT = timedelta(days=1)  # whatever a receiver asks for
FREE_REFUSALS = 20  # one after the other, before the sender waits for the endpoint as a whole
LONGEST_PAUSE = timedelta(hours=1)
GONE = 410
MAX_BODY = 20_000  # what Standard Webhooks allows


def build_body(delivery: WebhookDelivery) -> bytes:
    """Return the body of a message: which record, in which version, and nothing of its content."""
    said = {
        "resource": delivery.resource, "id": delivery.resource_id,
        "version": delivery.resource_version, **delivery.more,
    }  # fmt: skip
    return orjson.dumps(
        {"type": delivery.event, "timestamp": delivery.happened_at.astimezone(UTC), "data": said},
        default=str,
        option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z,
    )


def is_accepted(status: int | None) -> bool:
    """Return whether a receiver has taken a message."""
    return status is not None and 200 <= status < 300


def next_attempt(
    attempts: int, at: datetime, retry_after: timedelta | None, dice: random.Random
) -> datetime | None:
    """Return when a message is tried again after so many attempts; None: never by itself."""
    if attempts > len(WAITS):
        return None
    wait = WAITS[attempts - 1] * (1 + JITTER * dice.uniform(-1, 1))
    asked = min(retry_after or timedelta(), LONGEST_WAIT)
    return at + max(wait, asked)


def count_refusals(refusals: int, answers: Sequence[bool]) -> int:
    """Return how many messages were refused in a row, after some more of one turn.

    Beyond the free ones a turn counts once: messages that were sent together fail together.
    """
    if refusals >= FREE_REFUSALS and not any(answers):
        return refusals + 1
    for accepted in answers:
        refusals = 0 if accepted else min(refusals + 1, FREE_REFUSALS)
    return refusals


def pause_after(refusals: int) -> timedelta:
    """Return how long the sender leaves an endpoint alone that took none of so many messages."""
    if refusals < FREE_REFUSALS:
        return timedelta()
    return min(timedelta(seconds=5 * 2 ** min(refusals - FREE_REFUSALS, 12)), LONGEST_PAUSE)


def rotate(endpoints: Sequence[UUID], dice: random.Random) -> Sequence[UUID]:
    """Return endpoints from another one on each time: where time runs out, all get their turn."""
    start = dice.randrange(len(endpoints)) if endpoints else 0
    return [*endpoints[start:], *endpoints[:start]]


def read_retry_after(headers: Mapping[str, str], at: datetime) -> timedelta | None:
    """Return the wait that a receiver asks for: seconds or a date (RFC 9110, 10.2.3)."""
    given = headers.get("retry-after", "").strip()
    if given.isascii() and given.isdigit() and len(given) < 9:
        return timedelta(seconds=int(given))
    try:
        until = parsedate_to_datetime(given)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(until - at, timedelta())
