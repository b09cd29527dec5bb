"""Urgent tips and near deadlines: read by the same shapes as every read, as the owner."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import orjson

from app.db.base import now
from app.db.query.executor import SessionExecutor
from app.db.query.selection import Kind, SelectedField
from app.db.query.shape import Shape
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.webhooks import WebhookEndpoint, WebhookEvent
from app.domain.actor import Actor
from app.domain.deadlines.days import day_of
from app.domain.exchange.changes.news import News
from app.domain.exchange.changes.schemas import ChangeItem
from app.domain.exchange.webhooks import queries
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.exchange.webhooks.events import PlannedEvent, is_chosen
from app.domain.query import build_query, read_value
from app.domain.query_cost import MAX_LIST

CHECKED_EVERY = timedelta(minutes=10)
TIPS, DEADLINES = "tips", "deadlines"  # the paths of what has terms
RUNNING = ("running", "extended")
URGENCY = "urgency"  # as the log of changes names it
MAX_PAGES = 20


async def list_urgent(
    session: Session, webhooks: WebhookContext, endpoint: WebhookEndpoint, actor: Actor,
    items: Sequence[tuple[News, ChangeItem]],
) -> set[UUID]:  # fmt: skip
    """Return the news by which tips that are urgent now came in, or became urgent."""
    if not is_chosen(WebhookEvent.URGENT_TIP, endpoint.events):
        return set()
    found = {
        item.id: news.at.id
        for news, item in items
        if item.resource == TIPS and item.id and _may_be_urgent(news) and item.unit_id
    }
    shape = webhooks.sources[TIPS].shape
    ids = [row["id"] for row in await _read(session, actor, shape, {
        ("id", "in"): list(found), ("urgent", "eq"): True,
    })] if found else []  # fmt: skip
    return {found[UUID(id)] for id in ids}


def _may_be_urgent(news: News) -> bool:
    return news.act == Act.CREATE or URGENCY in news.fields


async def list_near(
    session: Session, webhooks: WebhookContext, endpoint: WebhookEndpoint, actor: Actor
) -> list[PlannedEvent]:
    """List the terms that end soon, at most every ten minutes; each is planned once."""
    at, before = now(), endpoint.near_checked_at
    if before is not None and at - before < CHECKED_EVERY:
        return []
    await queries.save_position(session, endpoint.id, near_checked_at=at)
    if not is_chosen(WebhookEvent.NEAR_DEADLINE, endpoint.events):
        return []
    first, last = day_of(at), day_of(at + webhooks.near)
    due: dict[tuple[str, str], Any] = {("due_on", "gte"): first, ("due_on", "lte"): last}
    more: dict[str, dict[tuple[str, str], Any]] = {
        TIPS: {}, DEADLINES: {("state", "in"): list(RUNNING)},
    }  # fmt: skip
    events: list[PlannedEvent] = []
    for name, narrow in more.items():
        shape = webhooks.sources[name].shape
        if actor.may(shape.needs) and (not endpoint.resources or name in endpoint.resources):
            events += _build_near(name, await _read(session, actor, shape, due | narrow))
    return events


def _build_near(name: str, rows: Sequence[dict[str, Any]]) -> Iterator[PlannedEvent]:
    event = WebhookEvent.NEAR_DEADLINE
    for row in rows:
        day = date.fromisoformat(row["due_on"])
        more = {"path": f"/{name}/{row['id']}", "due_on": day.isoformat()}
        key = f"{event}:{row['id']}:{day}"
        yield PlannedEvent(event, key, now(), name, UUID(row["id"]), row["version"], more)


async def _read(
    session: Session, actor: Actor, shape: Shape, filters: dict[tuple[str, str], Any]
) -> list[dict[str, Any]]:
    """Read the rows that the owner sees, page by page."""
    names = ("id", "version", "due_on")
    picks = (
        SelectedField("items", "nodes", tuple(SelectedField(n, n) for n in names)),
        SelectedField("next", "next"),
    )
    found: list[dict[str, Any]] = []
    after: str | None = None
    for _ in range(MAX_PAGES):
        asked: dict[str, Any] = {"first": MAX_LIST} | ({"after": after} if after else {})
        read, values = build_query(shape, Kind.PAGE, picks, asked, filters)
        answer = await read_value(SessionExecutor(session), actor, read, values)
        page = orjson.loads(answer or b'{"items":[],"next":null}')
        found += page["items"]
        after = page["next"]
        if after is None:
            break
    return found
