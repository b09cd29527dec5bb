"""The present values of a record, as the person who pushes may read them."""

from typing import Any
from uuid import UUID

import orjson

from app.db.query.executor import SessionExecutor
from app.db.query.selection import Kind, SelectedField
from app.db.query.shape import VOIDED, Shape
from app.db.query.voidable import VoidedRecords
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.query import build_query, read_value

ID = SelectedField("id", "id")


async def read_current(
    session: Session, actor: Actor, shape: Shape, id: UUID, names: list[str]
) -> dict[str, Any]:
    """Read fields by the names that a change has for them; those withheld are left out."""
    picks = {name: pick for name in names if (pick := _pick(shape, actor, name))}
    if not picks:
        return {}
    filters: dict[tuple[str, str], Any] = {("id", "in"): [id]}
    if VOIDED in shape.left_out:
        filters[VOIDED, "eq"] = VoidedRecords.INCLUDE
    envelope = (SelectedField("items", "nodes", tuple(picks.values())),)
    read, values = build_query(shape, Kind.PAGE, envelope, {"first": 1}, filters)
    answer = await read_value(SessionExecutor(session), actor, read, values)
    rows = orjson.loads(answer or b'{"items":[]}')["items"]
    return {name: _plain(rows[0][name]) for name in picks} if rows else {}


def _pick(shape: Shape, actor: Actor, name: str) -> SelectedField | None:
    """Return how a field of a change is read: by its name, as an id, or as what it links to."""
    for known in (name, f"{name}_id"):
        if (field := shape.fields.get(known)) and actor.may(field.needs):
            return SelectedField(name, known)
    link = shape.links.get(name)
    if link is None or not (actor.may(link.needs) and actor.may(link.to().needs)):
        return None
    return SelectedField(name, name, (ID,), whole=True) if "id" in link.to().fields else None


def _plain(value: Any) -> Any:
    """Return the ids of linked records in place of the records."""
    if isinstance(value, list):
        return [one["id"] if isinstance(one, dict) and one.keys() == {"id"} else one
                for one in value]  # fmt: skip
    if isinstance(value, dict) and value.keys() == {"id"}:
        return value["id"]
    return value
