"""Read the records of a page: by the same shapes as every read, many of a resource at once."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

import orjson

from app.db.query.executor import SessionExecutor
from app.db.query.selection import Kind, SelectedField
from app.db.query.shape import VOIDED, Shape
from app.db.query.voidable import VoidedRecords
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.exchange.changes.news import News
from app.domain.exchange.changes.schemas import ChangeItem, RecordJson
from app.domain.exchange.changes.sources import Source
from app.domain.query import build_query, read_value
from app.domain.query_cost import MAX_LIST
from app.domain.read_permissions import plain_fields

Rows = dict[tuple[str, str], dict[str, Any]]
MARKS = ("id", "voided_at")


async def read_marks(
    session: Session, actor: Actor, chosen: Sequence[Source], news: Sequence[News]
) -> Rows:
    """Read which records the caller can read now, and which of them are voided."""
    found: Rows = {}
    for one in chosen:
        ids = dict.fromkeys(row.id for row in news if row.resource == one.name)
        picks = tuple(SelectedField(n, n) for n in MARKS if n in one.shape.fields)
        for row in await _read_rows(session, actor, one.shape, picks, ids):
            found[one.name, row["id"]] = row
    return found


async def read_full(
    session: Session, actor: Actor, chosen: Sequence[Source], items: Sequence[ChangeItem]
) -> None:
    """Put each record into its items as the read of it answers; sensitive ones stay out."""
    for one in chosen:
        mine = [item for item in items if item.resource == one.path and item.unit_id]
        if not mine or one.shape.sensitive:
            continue
        picks = plain_fields(one.shape, actor.permissions)
        ids = dict.fromkeys(item.id for item in mine if item.id)
        rows = await _read_rows(session, actor, one.shape, picks, ids)
        by_id = {row["id"]: row for row in rows}
        for item in mine:
            row = by_id.get(str(item.id))
            item.record = None if row is None else RecordJson(row)


async def _read_rows(
    session: Session, actor: Actor, shape: Shape, picks: tuple[SelectedField, ...],
    ids: Iterable[UUID],
) -> list[dict[str, Any]]:  # fmt: skip
    found: list[dict[str, Any]] = []
    envelope = (SelectedField("items", "nodes", picks),)
    for some in _split(list(ids)):
        filters: dict[tuple[str, str], Any] = {("id", "in"): some}
        if VOIDED in shape.left_out:
            filters[VOIDED, "eq"] = VoidedRecords.INCLUDE
        read, values = build_query(shape, Kind.PAGE, envelope, {"first": len(some)}, filters)
        answer = await read_value(SessionExecutor(session), actor, read, values)
        found += orjson.loads(answer or b'{"items":[]}')["items"]
    return found


def _split(ids: list[UUID]) -> Iterator[list[UUID]]:
    return (ids[n : n + MAX_LIST] for n in range(0, len(ids), MAX_LIST))
