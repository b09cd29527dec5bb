"""What is written down of a read of sensitive rows: who read, what was asked, which rows left."""

from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from uuid import UUID

import orjson
from uuid_utils.compat import uuid7

from app.db.base import now
from app.db.query.audited_read import ReadAudit, ReadEntry
from app.db.query.shape import Shape
from app.db.query.statement import SESSION_ENDED, Statement
from app.domain.actor import REQUEST, Actor

Values = Mapping[str, object]


def audit_of(actor: Actor, statement: Statement, values: Values) -> ReadAudit:
    """How a read is accounted for, before anybody knows what it finds."""
    told = (actor.subject, actor.level.value, str(actor.unit_id), " ".join(sorted(actor.roles)))
    return ReadAudit(told, partial(_write_entries, actor, statement.sensitive, dict(values)))


def _write_entries(
    actor: Actor,
    shapes: Sequence[Shape],
    values: Values,
    answer: bytes | None,
    ids: Sequence[Sequence[str]],
) -> Sequence[ReadEntry]:
    """An entry for each sensitive shape, also where no row of it was found."""
    if answer == SESSION_ENDED:
        return ()
    asked = _digest(orjson.dumps(sorted((_plain(n), str(value)) for n, value in values.items())))
    read = zip(shapes, ids, strict=True)
    return [_entry(actor, shape, some, asked, values) for shape, some in read]


def _entry(actor: Actor, shape: Shape, ids: Sequence[str], asked: str, values: Values) -> ReadEntry:
    rows = _digest("\n".join(ids).encode())
    return ReadEntry(
        id=uuid7(),
        recorded_at=now(),
        operation=str(shape.needs),
        resource=str(shape.table.__tablename__),
        resource_id=UUID(ids[0]) if len(ids) == 1 else None if ids else _filter_text(values),
        detail=f"rows={len(ids)} ids={rows} asked={asked}",
        subject=actor.subject,
        client=actor.client,
        session_id=actor.session,
        roles=sorted(actor.roles),
        unit_id=actor.unit_id,
        purpose=actor.purposes[0] if len(actor.purposes) == 1 else None,
        request_id=REQUEST.get(),
    )


def _filter_text(values: Values) -> UUID | None:
    """The one row that was asked for and not found, if it was one."""
    named = [value for name, value in values.items() if name.endswith(".id")]
    return named[0] if len(named) == 1 and isinstance(named[0], UUID) else None


def _plain(name: str) -> str:
    """A value as every door calls it: without the key of the answer it belongs to."""
    return name.partition(".")[2]


def _digest(told: bytes) -> str:
    return sha256(told).hexdigest()
