"""Void records that were entered in error: they stay readable, and count nowhere."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from uuid import UUID

from app.db.base import Voidable, now
from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.records import kit, reference_queries
from app.domain.records.dependants import Find
from app.domain.records.errors import HasDependants
from app.domain.records.schemas import VoidInput

MARKS = tuple(sorted(Voidable.model_fields))
Load = Callable[[Session, Actor, UUID, int | None], Awaitable[Any]]
Parts = Callable[[Session, Any], Awaitable[Sequence[Any]]]  # rows that are voided with the record


def build_void(
    table: type[Any], permission: Permission, name: str, text: str, *,
    load: Load | None = None, rests: Sequence[Find] = (), parts: Parts | None = None,
) -> Callable[..., Awaitable[UUID]]:  # fmt: skip
    """Build the operation that voids records of a table.

    `load` loads one, where it is not simply in a unit of the actor; `rests` says which records
    may rest on it; `parts` finds rows that are voided with it.
    """

    async def void_record(
        session: Session, actor: Actor, id: UUID, data: VoidInput, expected: int | None
    ) -> UUID:
        row = await (load or _load(table))(session, actor, id, expected)
        resting = await reference_queries.list_dependants(session, actor, row.id, rests)
        if resting.own or resting.elsewhere:
            raise HasDependants(resting.own, resting.elsewhere)
        also = await parts(session, row) if parts else ()
        return await _void(session, actor, permission, row, data, also)

    void_record.__name__, void_record.__doc__ = name, text
    return operation(permission)(void_record)


def _load(table: type[Any]) -> Load:
    async def load(session: Session, actor: Actor, id: UUID, expected: int | None) -> Any:
        return await kit.load(session, actor, table, id, expected)

    return load


async def _void(
    session: Session, actor: Actor, permission: str, row: Any, data: VoidInput, also: Sequence[Any]
) -> UUID:
    """Mark a loaded record as entered in error, and log why."""
    row.voided_at, row.voided_by, row.void_reason = now(), actor.subject, data.reason
    for part in also:
        part.voided_at = row.voided_at
    return await kit.save(session, actor, permission, row, MARKS, reason=data.reason, also=also)
