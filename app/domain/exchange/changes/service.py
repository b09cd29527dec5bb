"""Follow changes: gap-free, in the caller's scope, with what to drop and what to take."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.db.base import now
from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.exchange.changes import queries
from app.domain.exchange.changes.cursor import (
    Cursor,
    Position,
    digest_question,
    digest_rights,
    read_cursor,
    write_cursor,
)
from app.domain.exchange.changes.errors import ChangesExpired
from app.domain.exchange.changes.news import UNIT_PLACE, FeedState, News
from app.domain.exchange.changes.records import read_full, read_marks
from app.domain.exchange.changes.rules import judge_record, judge_unit
from app.domain.exchange.changes.schemas import (
    ChangeItem,
    ChangeKind,
    ChangePage,
    First,
    ItemForm,
    Text,
)
from app.domain.exchange.changes.sources import Source, choose_sources


def build_changes(followed: dict[str, Source]) -> Any:
    """Build the operation that reads the feed of these resources."""

    @operation(Permission.ME_READ)
    async def changes(
        session: Session, actor: Actor, *, after: Text | None = None, first: First = 100,
        resource: Text | None = None, items: ItemForm = ItemForm.THIN,
    ) -> ChangePage:  # fmt: skip
        """List what has changed since a cursor, in your units and with what you may read.

        Without `after` it answers no items, but the cursor of this moment: take it first, then copy
        the lists, then follow from it.
        """
        chosen = choose_sources(actor, followed, resource)
        question = digest_question(one.path for one in chosen) if resource else ""
        state = await queries.find_state(session)
        start = Cursor(
            question, digest_rights(actor), state.era.hex[:12], Position(state.horizon - 1)
        )
        if after is None:
            return _page(start, (), more=False)
        given = read_cursor(after, question)
        _check_stored(given, start, state)
        if given.rights != start.rights:
            return _page(start, [_reload_all(chosen)], more=False)
        return await _follow(session, actor, chosen, (given, state), first, items)

    return changes


def _check_stored(given: Cursor, start: Cursor, state: FeedState) -> None:
    """Refuse a cursor after which changes were forgotten, or that another history gave out."""
    at = given.at.transaction
    if given.era != start.era or at < state.forgotten_until or at >= state.horizon:
        raise ChangesExpired()


def _reload_all(chosen: Sequence[Source]) -> ChangeItem:
    """Return the item for a follower whose own rights have changed: all lists again."""
    paths = [one.path for one in chosen]
    return ChangeItem(kind=ChangeKind.SCOPE_CHANGED, at=now(), reload=paths)


async def _follow(
    session: Session, actor: Actor, chosen: Sequence[Source],
    since: tuple[Cursor, FeedState], first: int, form: ItemForm,
) -> ChangePage:  # fmt: skip
    given, state = since
    names, wide = [one.name for one in chosen], [one.name for one in chosen if one.is_wide]
    scan = await queries.scan_news(session, actor, given.at, state.horizon, names, wide)
    marks = await read_marks(session, actor, chosen, scan.news)
    items, until, more = list[ChangeItem](), scan.until, scan.more
    for news in scan.news:
        if len(items) == first:
            more = True
            break
        until = news.at
        if item := _judge(actor, chosen, news, marks):
            items.append(item)
    else:
        until = scan.until
    if form is ItemForm.FULL:
        await read_full(session, actor, chosen, items)
    return _page(Cursor(given.question, given.rights, given.era, until), items, more)


def _judge(actor: Actor, chosen: Sequence[Source], news: News, marks: Any) -> ChangeItem | None:
    if news.resource == UNIT_PLACE:
        return judge_unit(actor, news, chosen)
    one = next(one for one in chosen if one.name == news.resource)
    return judge_record(one, news, marks.get((news.resource, str(news.id))))


def _page(cursor: Cursor, items: Iterable[ChangeItem], more: bool) -> ChangePage:
    return ChangePage(items=list(items), next=write_cursor(cursor), more=more)
