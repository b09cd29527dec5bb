"""The audit of reads of sensitive rows: the reader, the query, and the rows returned."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
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
from app.domain.errors import DomainError

Values = Mapping[str, object]


def build_read_audit(actor: Actor, statement: Statement, values: Values) -> ReadAudit:
    """Build the audit of a read, before its result is known."""
    return ReadAudit(
        _reader(actor), partial(_write_entries, actor, statement.sensitive, dict(values))
    )


def build_refusals(
    actor: Actor, shapes: Sequence[Shape], values: Values, refused: DomainError
) -> ReadAudit:
    """Build the audit of a refused read: an entry for each sensitive shape that it names."""
    entries = [
        replace(_entry(actor, shape, (), "", values), detail=f"refused: {refused.code}")
        for shape in shapes
    ]
    return ReadAudit(_reader(actor), lambda answer, ids: entries)


def _reader(actor: Actor) -> tuple[str, str, str, str, str]:
    roles = actor.policy_roles
    return actor.subject, actor.level.value, str(actor.unit_id), roles, actor.client


def _write_entries(
    actor: Actor,
    shapes: Sequence[Shape],
    values: Values,
    answer: bytes | None,
    ids: Sequence[Sequence[str]],
) -> Sequence[ReadEntry]:
    """Build an entry for each sensitive shape, also where no row of it was found."""
    if answer == SESSION_ENDED:
        return ()
    query_digest = _digest(
        orjson.dumps(sorted((_to_public_name(n), str(value)) for n, value in values.items()))
    )
    read = zip(shapes, ids, strict=True)
    return [_entry(actor, shape, some, query_digest, values) for shape, some in read]


def _entry(
    actor: Actor, shape: Shape, ids: Sequence[str], query_digest: str, values: Values
) -> ReadEntry:
    rows = _digest("\n".join(ids).encode())
    return ReadEntry(
        id=uuid7(),
        recorded_at=now(),
        operation=str(shape.needs),
        resource=str(shape.table.__tablename__),
        resource_id=UUID(ids[0]) if len(ids) == 1 else None if ids else _find_requested_id(values),
        detail=f"rows={len(ids)} ids={rows} asked={query_digest}",
        subject=actor.subject,
        client=actor.client,
        session_id=actor.session,
        roles=sorted(actor.roles),
        unit_id=actor.unit_id,
        purpose=actor.purposes[0] if len(actor.purposes) == 1 else None,
        request_id=REQUEST.get(),
    )


def _find_requested_id(values: Values) -> UUID | None:
    """Return the id of a single requested row that was not found."""
    named = [value for name, value in values.items() if name.endswith(".id")]
    return named[0] if len(named) == 1 and isinstance(named[0], UUID) else None


def _to_public_name(name: str) -> str:
    """Return the name of a value in every API layer: without the key of its answer."""
    return name.partition(".")[2]


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()
