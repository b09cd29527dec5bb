"""Every SQL statement of sync: stored results, versions and their history, conflicts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlmodel import col, select

from app.db.savepoint import Savepoint
from app.db.session import Session, execute
from app.db.tables.sync import ConflictState, SyncConflict
from app.domain.actor import Actor
from app.domain.exchange.sync.rules import FieldLog
from app.domain.scope import BY_PLACE

# in one order: two pushes of one queue wait for each other, and never both
CLAIM = text("""
INSERT INTO sync_operation (subject, id, digest, received_at)
SELECT :subject, id, decode(digest, 'hex'), :now
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(id uuid, digest text) ORDER BY id
ON CONFLICT (subject, id) DO NOTHING RETURNING id
""")
STORE = text("""
UPDATE sync_operation o SET result = t.result
FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS t(id uuid, result jsonb)
WHERE o.subject = :subject AND o.id = t.id
""")
RELEASE = text("""
DELETE FROM sync_operation WHERE subject = :subject AND id = ANY (:ids) AND result IS NULL
""")
STORED = text("""
SELECT id, digest, result FROM sync_operation WHERE subject = :subject AND id = ANY (:ids)
""")
LOGGED = text("""
SELECT coalesce(array_agg(DISTINCT f), '{}') AS by_all,
  coalesce(array_agg(DISTINCT f) FILTER (WHERE act = 'change'), '{}') AS by_changes
FROM outbox, unnest(fields) AS f
WHERE resource = :resource AND resource_id = :id AND version > :version
""")
FORGET = text("DELETE FROM sync_operation WHERE received_at < :before")


async def claim_operations(
    session: Session, actor: Actor, digests: Mapping[UUID, bytes], now: datetime
) -> set[UUID]:
    """Claim the operations that were not pushed before; return their ids."""
    rows = [{"id": str(id), "digest": digest.hex()} for id, digest in digests.items()]
    values = {"subject": actor.subject, "now": now, "rows": orjson.dumps(rows).decode()}
    return set((await execute(session, CLAIM, values)).scalars())


async def release_operations(session: Session, actor: Actor, ids: Iterable[UUID]) -> None:
    """Release the claim of operations that were not tried: they are pushed again as new ones."""
    if given := list(ids):
        await execute(session, RELEASE, {"subject": actor.subject, "ids": given})


async def list_results(
    session: Session, actor: Actor, ids: Iterable[UUID]
) -> dict[UUID, tuple[bytes, dict[str, Any]]]:
    """Return the operations that were pushed before, each with its digest and its result."""
    found = await execute(session, STORED, {"subject": actor.subject, "ids": list(ids)})
    return {row.id: (bytes(row.digest), row.result) for row in found}


async def store_results(
    session: Session, actor: Actor, results: Mapping[UUID, dict[str, Any]]
) -> None:
    """Store the results of operations, for when they are pushed again."""
    rows = [{"id": str(id), "result": result} for id, result in results.items()]
    await execute(session, STORE, {"subject": actor.subject, "rows": orjson.dumps(rows).decode()})


async def find_version(session: Session, table: Any, id: UUID) -> int | None:
    """Return the version of a record of any unit; its service decides who may know of it."""
    found = await execute(session, select(table.version).where(table.id == id))
    version: int | None = found.scalar()
    return version


async def list_logged(session: Session, resource: str, id: UUID, version: int) -> FieldLog:
    """Return by which names the log has what was changed of a record after a version."""
    values = {"resource": resource, "id": id, "version": version}
    row = (await execute(session, LOGGED, values)).one()
    return FieldLog(frozenset(row.by_all), frozenset(row.by_changes))


async def find_open_conflict(
    session: Session, actor: Actor, record: UUID, field: str
) -> SyncConflict | None:
    """Return the open conflict of a person about a field, if there is one; locked."""
    one = SyncConflict
    statement = select(one).where(
        one.record_id == record, one.field == field, one.created_by == actor.subject,
        one.state == ConflictState.OPEN,
    )  # fmt: skip
    latest = statement.order_by(col(one.id).desc()).limit(1).with_for_update()
    return (await session.exec(latest.execution_options(populate_existing=True))).one_or_none()


async def find_unit(session: Session, actor: Actor, table: Any, id: UUID) -> UUID:
    """Return the unit of a record where it is one of the actor's, or else the actor's own."""
    if not {"unit_id", "province_id"} <= set(table.model_fields):
        return actor.unit_id
    own = BY_PLACE[actor.level](table, actor.unit_id)
    found = await execute(session, select(table.unit_id).where(table.id == id, own))
    return found.scalar() or actor.unit_id


async def forget_operations(session: Session, before: datetime) -> int:
    """Forget the results of operations that were pushed before a time."""
    return (await execute(session, FORGET, {"before": before})).rowcount


def open_part(session: Session) -> Savepoint:
    """Open a part of the transaction that can be taken back alone, to be awaited."""
    return session.begin_nested("sync_operation")
