"""Decide which item a follower gets for a change, by its row and by what can be read now."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.db.tables.records import Act
from app.domain.actor import Actor, Level
from app.domain.exchange.changes.news import News
from app.domain.exchange.changes.schemas import ChangeItem, ChangeKind
from app.domain.exchange.changes.sources import Source

BY_ACT = {
    Act.CREATE: ChangeKind.CREATED,
    Act.CHANGE: ChangeKind.CHANGED,
    Act.TRANSITION: ChangeKind.TRANSITIONED,
}
EXPIRED = "expired_on"


def judge_record(one: Source, news: News, row: Mapping[str, Any] | None) -> ChangeItem | None:
    """Return the item of a record; its row is given where the caller can read it now."""
    if row is None:
        kind = _judge_unreadable(one, news)
    else:
        kind = ChangeKind.VOIDED if row.get("voided_at") else BY_ACT[Act(news.act)]
    if kind is None:
        return None
    return ChangeItem(
        kind=kind, at=news.recorded_at, resource=one.path, id=news.id,
        path=f"/{one.path}/{news.id}", version=news.version,
        fields=list(news.fields) if row else [], unit_id=news.unit_id if row else None,
    )  # fmt: skip


def _judge_unreadable(one: Source, news: News) -> ChangeKind | None:
    """A record that cannot be read has an item only where it could be read before."""
    if one.shape.sensitive:
        if EXPIRED in news.fields:
            return ChangeKind.PURGED if news.is_held else None
        return ChangeKind.SCOPE_LOST if news.was_own else None
    lies = news.is_here or news.was_here or (one.is_wide and news.was_above)
    return ChangeKind.SCOPE_LOST if lies or one.is_open else None


def judge_unit(actor: Actor, news: News, chosen: Sequence[Source]) -> ChangeItem | None:
    """Return the item of a unit that lies elsewhere now, with all its records."""
    if actor.level is Level.NATIONAL:
        return None
    item = ChangeItem(
        kind=ChangeKind.SCOPE_LOST, at=news.recorded_at, unit_id=news.id,
        resources=[one.path for one in chosen if one.goes_by_unit],
        reload=[one.path for one in chosen if one.needs_reload],
    )  # fmt: skip
    if news.id == actor.unit_id:
        changed = {"kind": ChangeKind.SCOPE_CHANGED, "resources": []}
        return item.model_copy(update=changed) if news.is_here else None
    if news.was_own == news.is_here:
        return None
    if news.was_own:
        return item
    gained = {"kind": ChangeKind.SCOPE_GAINED, "within_unit_id": news.within}
    return item.model_copy(update=gained)
