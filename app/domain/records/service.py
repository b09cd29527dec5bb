"""Check versions, count and log changes, for every feature."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from uuid_utils.compat import uuid7

from app.db.base import Voidable, now
from app.db.session import Session
from app.db.tables.records import Act
from app.domain.actor import REQUEST, Actor
from app.domain.records import queries
from app.domain.records.basis_documents import check_basis
from app.domain.records.errors import IsVoided, StaleVersion, VersionNeeded
from app.domain.records.state_machine import AppliedTransition

DOCUMENT = "document"
PUBLISHED_ACTS = (Act.CREATE, Act.CHANGE, Act.TRANSITION)  # acts that followers are notified of


class VersionedRow(Protocol):
    """A row that counts its changes."""

    id: UUID
    version: int
    changed_at: Any
    changed_by: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one record: the fields that were set, never their values."""

    resource: str
    id: UUID | None
    unit_id: UUID | None = None
    act: Act = Act.CREATE
    version: int | None = 1
    fields: Sequence[str] = ()
    step: AppliedTransition | None = None
    reason: str | None = None
    former_units: Sequence[UUID] = ()  # which the record, or a part of it, has left


async def log_changes(
    session: Session, actor: Actor, operation: str, changes: Sequence[Change],
    rows: Iterable[Any] = (),
) -> None:  # fmt: skip
    """Log changes with the rows that make them; a step rests on a document in force."""
    if changes:
        await check_basis(session, actor, _list_bases(changes))
        entries = [_build_entry(change) for change in changes]
        await queries.insert_changes(session, entries, _describe_actor(actor, operation), rows)
    else:
        await session.write(rows)


def _list_bases(changes: Sequence[Change]) -> Iterator[tuple[UUID | None, date]]:
    """List the documents that order steps; a document decides by itself on those it supersedes."""
    for change in changes:
        if change.step and change.resource != DOCUMENT:
            named = (change.step.document_id, *(one.id for one in change.step.documents))
            yield from ((id, change.step.effective_on) for id in named)


def check_standing(row: Any) -> None:
    """Refuse a record that was voided: nothing changes it, and nothing new refers to it."""
    if isinstance(row, Voidable) and row.voided_at is not None:
        raise IsVoided(voided_on=row.voided_at.date().isoformat())


async def check_version(session: Session, row: VersionedRow, expected: int | None) -> None:
    """Refuse a change to another version of a record than the caller has seen."""
    if expected is None:
        raise VersionNeeded()
    if expected != row.version:
        names = await queries.changed_since(session, row.id, expected)
        current = {name: getattr(row, name) for name in names if hasattr(row, name)}
        raise StaleVersion(expected, row.version, current)


def apply_changes(
    row: VersionedRow, actor: Actor, values: Mapping[str, Any] | None = None
) -> list[str]:
    """Set values of a record and count the change; equal values are none, no values always one."""
    changed = [name for name, value in (values or {}).items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, (values or {})[name])
    if changed or values is None:
        row.version += 1
        row.changed_at, row.changed_by = now(), actor.subject
    return changed


def _describe_actor(actor: Actor, operation: str) -> dict[str, Any]:
    return {
        "at": now(),
        "operation": str(operation),
        "subject": actor.subject,
        "client": actor.client,
        "session": actor.session,
        "roles": sorted(actor.roles),
        "actor_unit": actor.unit_id,
        "purpose": actor.purposes[0] if len(actor.purposes) == 1 else None,
        "request": REQUEST.get(),
    }


def _build_entry(change: Change) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "entry": uuid7(),
        "news": uuid7() if change.act in PUBLISHED_ACTS else None,
        "act": change.act,
        "resource": change.resource,
        "resource_id": change.id,
        "version": change.version,
        "fields": list(change.fields),
        "unit_id": change.unit_id,
        "former_units": list(change.former_units),
        "reason": change.reason,
    }
    if (step := change.step) is None:
        return entry
    return entry | {
        "step": uuid7(),
        "action": step.action,
        "from_state": step.from_state,
        "to_state": step.to_state,
        "effective_on": step.effective_on,
        "reason": step.reason,
        "document_id": step.document_id,
        "documents": [{"id": uuid7(), "document_id": one.id, "role": one.role}
                      for one in step.documents],
    }  # fmt: skip
