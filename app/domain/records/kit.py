"""Load, decide, save: every feature loads a record for a decision and saves the result with this.

A row is loaded within the actor's scope, locked, in the version that the caller has seen; a rule or
a service sets its fields; nothing is written until it is saved. Saving counts the version, records
the actor and the time, and logs the change for the audit, the transitions and the followers.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from app.db import rows
from app.db.base import NameKey, Row, now
from app.db.errors import is_name_taken
from app.db.session import Session
from app.db.tables.records import Act
from app.domain.actor import Actor
from app.domain.records import queries
from app.domain.records.errors import NameTaken, build_not_found
from app.domain.records.former_units import list_left
from app.domain.records.map_locks import lock_row
from app.domain.records.names import resource_name
from app.domain.records.service import Change, check_standing, log_changes
from app.domain.records.service import check_version as check_version
from app.domain.records.state_machine import AppliedTransition
from app.domain.scope import BY_PLACE, Scope

Record = TypeVar("Record", bound=Row)


@dataclass(frozen=True, slots=True)
class Edit:
    """A record to save: its row, the fields that were set, the transition, and dependent rows."""

    row: Row
    fields: Iterable[str]
    step: AppliedTransition | None = None
    reason: str | None = None
    also: Sequence[SQLModel] = ()
    unit_id: UUID | None = None  # of the record, where its row does not state it
    former_units: Sequence[UUID] = ()  # that it has left, where its row does not show that


async def find(
    session: Session, actor: Actor, table: type[Record], id: UUID, *,
    scope: Scope = BY_PLACE, lock_map: bool = True,
) -> Record | None:  # fmt: skip
    """Return a row of the actor's own, locked until the end, or None; refuse a voided one."""
    if lock_map:
        await lock_row(session, table, id)  # before the row: a change of the map has it for long
    row = await queries.find_own_row(session, table, id, scope[actor.level], actor.unit_id)
    check_standing(row)
    return row


async def get(
    session: Session, actor: Actor, table: type[Record], id: UUID, *,
    scope: Scope = BY_PLACE, lock_map: bool = True,
) -> Record:  # fmt: skip
    """Return a row of the actor's own, locked, in any version; refuse any other."""
    row = await find(session, actor, table, id, scope=scope, lock_map=lock_map)
    if row is None:
        raise build_not_found(table)
    return row


async def load(
    session: Session, actor: Actor, table: type[Record], id: UUID, expected: int | None, *,
    scope: Scope = BY_PLACE, lock_map: bool = True,
) -> Record:  # fmt: skip
    """Return a row of the actor's own, locked, in the version that the caller has seen."""
    row = await get(session, actor, table, id, scope=scope, lock_map=lock_map)
    await check_version(session, row, expected)
    return row


def assign(row: SQLModel, values: Mapping[str, Any]) -> list[str]:
    """Set fields of a row; return the names of those whose values were not these already."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    return changed


async def create(
    session: Session, actor: Actor, permission: str, row: Row, fields: Iterable[str], *,
    also: Sequence[SQLModel] = (),
) -> UUID:  # fmt: skip
    """Save a new record, then the rows that belong to it; return its id."""
    return await save(session, actor, permission, row, sorted(fields), also=also)


async def save(
    session: Session, actor: Actor, permission: str, row: Row, fields: Iterable[str],
    step: AppliedTransition | None = None, *, also: Sequence[SQLModel] = (),
    delete: Sequence[SQLModel] = (), besides: Sequence[Change] = (), reason: str | None = None,
) -> UUID:  # fmt: skip
    """Save a record, then the rows that belong to it, and log the change; return its id."""
    edit = Edit(row, fields, step, reason, also)
    await save_all(session, actor, permission, [edit], delete=delete, besides=besides)
    return row.id


async def save_all(
    session: Session, actor: Actor, permission: str, edits: Sequence[Edit], *,
    also: Sequence[SQLModel] = (), delete: Sequence[SQLModel] = (), besides: Sequence[Change] = (),
) -> None:  # fmt: skip
    """Save many records by one operation, then the rows that belong to them, and log it all."""
    parts = [row for edit in edits for row in edit.also]
    made = {edit.row.id for edit in edits if rows.is_new(edit.row)}
    written: list[SQLModel] = [*(edit.row for edit in edits), *parts, *also]
    _stamp_all(actor, written)
    left = list_left(also, delete)
    changes = [*(_change(edit, edit.row.id in made, left) for edit in edits), *besides]
    async with _explain_names(written):
        if delete:
            await rows.write(session, written)
            await rows.remove(session, delete)
            written = []
        await log_changes(session, actor, permission, changes, written)


async def store(session: Session, actor: Actor, *written: SQLModel) -> None:
    """Save rows without a log: tables in the order given, versions counted."""
    _stamp_all(actor, written)
    async with _explain_names(written):
        await rows.write(session, written)


@asynccontextmanager
async def _explain_names(written: Sequence[SQLModel]) -> AsyncIterator[None]:
    try:
        yield
    except IntegrityError as error:
        if refusal := _refuse_name(error, written):
            raise refusal from error
        raise


async def write(session: Session, *written: SQLModel) -> None:
    """Save rows as they are, for no actor: no version, no log."""
    await rows.write(session, written)


def _stamp_all(actor: Actor, written: Iterable[SQLModel]) -> None:
    for row in written:
        if not isinstance(row, Row):
            continue
        row.changed_by = actor.subject
        if rows.is_new(row):
            row.created_by = actor.subject
        else:
            row.version, row.changed_at = row.version + 1, now()


def _refuse_name(error: IntegrityError, written: Sequence[SQLModel]) -> NameTaken | None:
    """Return the refusal of a name that stands already, or is written twice here."""
    named: list[Any] = [row for row in written if isinstance(row, NameKey)]
    if not named or not is_name_taken(error):
        return None
    detail = str(error.orig)
    taken = [row for row in named if f", {row.name_key}" in detail]
    return NameTaken(name=(taken or named)[0].name)


def _change(edit: Edit, made: bool, left: Sequence[UUID]) -> Change:
    row = edit.row
    act = Act.CREATE if made else Act.TRANSITION if edit.step else Act.CHANGE
    unit = edit.unit_id or getattr(row, "unit_id", None)
    fields, name = tuple(edit.fields), resource_name(type(row))
    former = (*left, *edit.former_units, *list_left((row, *edit.also)))
    return Change(name, row.id, unit, act, row.version, fields, edit.step, edit.reason, former)
