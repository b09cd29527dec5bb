"""Every SQL statement on records and the log of their changes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Uuid, bindparam, text
from sqlmodel import SQLModel, col, select

from app.db.base import Row
from app.db.fixed_query import FixedQuery
from app.db.joined_sql import With
from app.db.literals import Bare, call_function, list_values
from app.db.session import Session, execute
from app.db.transaction import Refusal

Record = TypeVar("Record", bound=Row)
PlaceTest = Callable[[Any, Any], ColumnElement[bool]]

# The audit, the log of transitions, and the news for followers of changes.
CHANGES = """
changes AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(
    entry uuid, news uuid, step uuid, act text, resource text, resource_id uuid, version int,
    fields text[], unit_id uuid, former_units uuid[], reason text,
    action text, from_state text, to_state text, effective_on date, document_id uuid,
    documents jsonb)
), entered AS (
  INSERT INTO audit_entry (id, recorded_at, act, operation, resource, resource_id, version, fields,
    reason, subject, client, session_id, roles, actor_unit_id, purpose, request_id, unit_id)
  SELECT entry, $2::timestamptz, act, $3::text, resource, resource_id, version, fields,
    CASE WHEN step IS NULL THEN reason END, $4::text, $5::text, $6::uuid,
    $7::text[], $8::uuid, $9::text, $10::text, unit_id FROM changes
), stepped AS (
  INSERT INTO transition (id, recorded_at, resource, resource_id, action, from_state, to_state,
    effective_on, reason, document_id, recorded_by, client)
  SELECT step, $2::timestamptz, resource, resource_id, action, from_state, to_state,
    effective_on, reason, document_id, $4::text, $5::text FROM changes WHERE step IS NOT NULL
), founded AS (
  INSERT INTO transition_document (id, recorded_at, transition_id, document_id, role)
  SELECT d.id, $2::timestamptz, c.step, d.document_id, d.role FROM changes c
  CROSS JOIN jsonb_to_recordset(c.documents) AS d(id uuid, document_id uuid, role text)
  WHERE c.step IS NOT NULL
)"""
NEWS = """
INSERT INTO outbox
  (id, recorded_at, resource, resource_id, act, version, fields, unit_id, former_units)
SELECT news, $2::timestamptz, resource, resource_id, act, version, fields, unit_id, former_units
FROM changes WHERE news IS NOT NULL
"""
ABOUT = (
    "at", "operation", "subject", "client", "session", "roles", "actor_unit", "purpose", "request",
)  # fmt: skip
IN_USE, KEPT = "BY002", "BY003"  # how `claim_key` refuses


async def find_own_row(
    session: Session, table: type[Record], id: UUID, scope: PlaceTest, unit: UUID
) -> Record | None:
    """Return one row in the scope of a unit, as it is now, locked until the end."""
    found = await session.find(_own_row(table, scope), id=id, unit=unit)
    return found[0] if found else None


@lru_cache(512)
def _own_row(table: type[Record], scope: PlaceTest) -> FixedQuery:
    id, unit = (bindparam(name, type_=Uuid()) for name in ("id", "unit"))
    statement = select(table).where(col(table.id) == id, scope(table, unit))
    return FixedQuery(statement.with_for_update(of=table), "id", "unit")


async def find_row(
    session: Session, table: type[Record], id: UUID, seen: ColumnElement[bool]
) -> Record | None:
    """Return one row among those that are seen, as it is now, locked until the end."""
    statement = select(table).where(table.id == id, seen).with_for_update(of=table)
    return (await session.exec(statement.execution_options(populate_existing=True))).one_or_none()


async def insert_changes(
    session: Session, changes: Sequence[dict[str, Any]], about: dict[str, Any],
    rows: Iterable[SQLModel] = (),
) -> None:  # fmt: skip
    """Write rows, and log changes: for the audit, for the transitions, for followers."""
    told = orjson.dumps(changes, default=str).decode()  # the driver has its own type of ids
    log = With(CHANGES, NEWS, [told, *(about[name] for name in ABOUT)])
    await session.write(rows, log)


async def changed_since(session: Session, id: UUID, version: int) -> list[str]:
    """Return the fields of a record that were changed after this version of it."""
    changed = text(
        "SELECT DISTINCT unnest(fields) FROM outbox "
        "WHERE resource_id = :id AND version > :version ORDER BY 1"
    )
    found = await execute(session, changed, {"id": id, "version": version})
    return list(found.scalars())


async def claim_key(
    session: Session, principal: str, key: bytes, now: datetime, refusals: Mapping[str, Refusal]
) -> None:
    """Claim a key for this transaction, with its first statement."""
    await session.begin_with("claim", call_function("claim_key", principal, key, now), refusals)


def release_claim(session: Session) -> None:
    """Begin again without the claim of a key."""
    session.begin_without("claim")


async def find_response(session: Session, principal: str, key: bytes, now: datetime) -> Any:
    """Find the response stored under a key, unless it has expired."""
    found = await execute(
        session,
        text(
            "SELECT fingerprint, status, headers, body FROM kept_answer "
            "WHERE principal = :principal AND key_hash = :key AND expires_at > :now"
        ),
        {"principal": principal, "key": key, "now": now},
    )
    return found.one_or_none()


def insert_response(session: Session, *values: Bare) -> None:
    """Store a response under its key when this transaction ends, in place of an expired one."""
    session.end_with(
        "INSERT INTO kept_answer "
        "(principal, key_hash, fingerprint, status, headers, body, expires_at) "
        "SELECT principal, key, fingerprint, status, headers::jsonb, body, until FROM ("
        f"VALUES ({list_values(*values)})) "
        "AS given(principal, key, fingerprint, status, headers, body, until) "
        "ON CONFLICT (principal, key_hash) DO UPDATE SET fingerprint = excluded.fingerprint, "
        "status = excluded.status, headers = excluded.headers, body = excluded.body, "
        "expires_at = excluded.expires_at"
    )


async def delete_expired(session: Session, now: datetime) -> int:
    """Delete expired responses."""
    gone = text("DELETE FROM kept_answer WHERE expires_at <= :now")
    return (await execute(session, gone, {"now": now})).rowcount
