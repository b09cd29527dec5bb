"""Plan the messages of endpoints: the feed of changes, read as the owner of each.

Permission and scope of each record are those of the feed; where the owner has no rights left, the
endpoint is disabled and says so.
"""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any
from uuid import UUID

import structlog

from app.db.base import now
from app.db.errors import is_unavailable
from app.db.session import Database, Session
from app.db.tables.webhooks import DisableCause, WebhookEndpoint, WebhookEvent
from app.domain.actor import Actor
from app.domain.auth.queries import set_actor
from app.domain.exchange.changes import queries as feed
from app.domain.exchange.changes.cursor import LAST, Position, digest_rights
from app.domain.exchange.changes.news import UNIT_PLACE, FeedState, News
from app.domain.exchange.changes.records import read_marks
from app.domain.exchange.changes.rules import judge_record, judge_unit
from app.domain.exchange.changes.schemas import ChangeItem, ChangeKind
from app.domain.exchange.changes.sources import Source
from app.domain.exchange.job_actors import restore_actor
from app.domain.exchange.webhooks import delivery_queries, queries
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.exchange.webhooks.endpoint_end import disable_endpoint
from app.domain.exchange.webhooks.events import PlannedEvent, build_event, build_urgent, is_chosen
from app.domain.exchange.webhooks.near import CHECKED_EVERY, list_near, list_urgent
from app.domain.exchange.webhooks.rights import find_owner
from app.domain.exchange.webhooks.rules import rotate

LOG = structlog.get_logger()
DICE = random.SystemRandom()
MAX_SCANS = 20  # of one endpoint in a turn, each in a transaction of its own


@dataclass(frozen=True, slots=True)
class Turn:
    """An endpoint on its turn, with its owner and what they may read."""

    session: Session
    webhooks: WebhookContext
    endpoint: WebhookEndpoint
    actor: Actor
    chosen: Sequence[Source]


async def plan_webhooks(
    database: Database, webhooks: WebhookContext, *, seconds: float = inf
) -> int:
    """Plan the messages of endpoints with news, or for some time; return how many are new.

    What fails at one endpoint holds up no other.
    """
    until, planned = time.monotonic() + seconds, 0
    async with database.read_transaction() as session:
        endpoints = await queries.list_with_news(session, now() - CHECKED_EVERY)
    for id in rotate(endpoints, DICE):
        if time.monotonic() > until:
            break
        try:
            planned += await _plan_endpoint(database, webhooks, id)
        except Exception as error:
            if is_unavailable(error):
                raise
            LOG.error("webhook_not_planned", endpoint=str(id), exc_info=error)
    return planned


async def _plan_endpoint(database: Database, webhooks: WebhookContext, id: UUID) -> int:
    planned = 0
    for _ in range(MAX_SCANS):
        async with database.write_transaction() as session:
            count, more = await _plan_some(session, webhooks, id)
        planned += count
        if not more:
            break
    return planned


async def _plan_some(session: Session, webhooks: WebhookContext, id: UUID) -> tuple[int, bool]:
    endpoint = await queries.lock_active(session, id)
    if endpoint is None:
        return 0, False
    actor = await find_owner(session, webhooks, endpoint)
    await set_actor(session, actor or restore_actor(endpoint.acting))
    if actor is None:
        await disable_endpoint(session, endpoint, DisableCause.RIGHTS_ENDED)
        return 0, False
    turn = Turn(session, webhooks, endpoint, actor, _choose(webhooks, endpoint, actor))
    events, position, more = await _read_feed(turn, await feed.find_state(session))
    near = await list_near(session, webhooks, endpoint, actor)
    count = await delivery_queries.plan_deliveries(session, id, [*events, *near], now())
    await queries.save_position(session, id, **position)
    return count, more


def _choose(webhooks: WebhookContext, endpoint: WebhookEndpoint, actor: Actor) -> list[Source]:
    wanted = endpoint.resources or webhooks.sources
    known = (webhooks.sources[name] for name in wanted if name in webhooks.sources)
    return [one for one in known if actor.may(one.shape.needs)]


async def _read_feed(
    turn: Turn, state: FeedState
) -> tuple[list[PlannedEvent], Mapping[str, Any], bool]:
    """Read on from where the endpoint is; from now, where all has to be read again anyway."""
    endpoint, rights = turn.endpoint, digest_rights(turn.actor)
    after = Position(endpoint.position, endpoint.position_id)
    known = endpoint.era == state.era and state.forgotten_until <= after.transaction
    if known and after.transaction < state.horizon and rights == endpoint.rights:
        events, after, more = await _follow(turn, after, state.horizon)
        return events, {"position": after.transaction, "position_id": after.id}, more
    start = Position(state.horizon - 1)
    event = _build_reload(turn, f"{state.era.hex[:12]}:{rights}:{start.transaction}")
    place = {
        "era": state.era, "rights": rights, "position": start.transaction, "position_id": LAST,
    }  # fmt: skip
    return [event], place, False


def _build_reload(turn: Turn, key: str) -> PlannedEvent:
    """Build the event of one whose rights have changed, or who was away for too long."""
    event = WebhookEvent.SCOPE_CHANGED
    more = {"reload": [one.path for one in turn.chosen]}
    return PlannedEvent(event, f"{event}:{key}", now(), more=more)


async def _follow(
    turn: Turn, after: Position, horizon: int
) -> tuple[list[PlannedEvent], Position, bool]:
    session, actor, chosen = turn.session, turn.actor, turn.chosen
    names, wide = [one.name for one in chosen], [one.name for one in chosen if one.is_wide]
    scan = await feed.scan_news(session, actor, after, horizon, names, wide)
    marks = await read_marks(session, actor, chosen, scan.news)
    items = [
        (news, item) for news in scan.news if (item := _judge(actor, chosen, news, marks))
    ]  # fmt: skip
    urgent = await list_urgent(session, turn.webhooks, turn.endpoint, actor, items)
    events: list[PlannedEvent] = []
    for news, item in items:
        if news.at.id in urgent:
            events.append(build_urgent(item, news.at.id))
        if is_chosen(WebhookEvent(item.kind), turn.endpoint.events) or _must_know(item):
            events.append(build_event(item, news.at.id))
    return events, scan.until, scan.more


def _must_know(item: ChangeItem) -> bool:
    """Return whether an item is for every receiver: those with copies have to read again."""
    return item.kind is ChangeKind.SCOPE_CHANGED


def _judge(actor: Actor, chosen: Sequence[Source], news: News, marks: Any) -> ChangeItem | None:
    if news.resource == UNIT_PLACE:
        return judge_unit(actor, news, chosen)
    one = next(one for one in chosen if one.name == news.resource)
    return judge_record(one, news, marks.get((news.resource, str(news.id))))
