"""Push what a device has recorded without a network, and resolve the conflicts of it."""

import time
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from app.db.base import now
from app.db.session import Session
from app.db.tables.sync import ConflictChoice, ConflictState, SyncConflict
from app.domain.actor import Actor, Permission, operation
from app.domain.exchange.sync import parts, queries, results
from app.domain.exchange.sync.context import SyncContext
from app.domain.exchange.sync.errors import (
    ChoiceOfAnotherField,
    ConflictIsResolved,
    OperationReused,
    RecordVersionNeeded,
)
from app.domain.exchange.sync.rules import MODIFIERS
from app.domain.exchange.sync.schemas import (
    ConflictResolve,
    OperationInput,
    OperationKind,
    OperationResult,
    OperationsPush,
    PushResult,
)
from app.domain.records import kit

WRITE = Permission.SYNC_WRITE
MAX_SECONDS = 2.0  # of one push, whose transaction locks what it has changed


@operation(WRITE)
async def push_operations(
    session: Session, actor: Actor, data: OperationsPush, sync: SyncContext
) -> PushResult:
    """Push what a device has recorded without a network: each operation once, in this order.

    After some seconds the rest is put off: no transaction holds its records for longer.
    """
    at, until = now(), time.monotonic() + MAX_SECONDS
    digests = {one.operation_id: _digest(one) for one in reversed(data.operations)}
    new = await queries.claim_operations(session, actor, digests, at)
    known = await queries.list_results(session, actor, digests.keys() - new)
    items: list[OperationResult] = []
    for index, one in enumerate(data.operations):
        if one.operation_id in known:
            items.append(_repeat(index, one, known[one.operation_id], at))
        elif time.monotonic() < until or new.isdisjoint(known):  # one at least, whatever it takes
            found = await parts.run_operation(session, actor, sync, one)
            items.append(results.describe(index, one, found, at))
            stored = items[-1].model_dump(mode="json")
            known[one.operation_id] = digests[one.operation_id], stored
        else:
            items.append(results.put_off(index, one))
    await queries.store_results(session, actor, {id: known[id][1] for id in new & known.keys()})
    await queries.release_operations(session, actor, new - known.keys())
    return results.sum_up(items, at, data.sent_at)


def _digest(one: OperationInput) -> bytes:
    sent = one.model_dump(mode="json")
    return sha256(orjson.dumps(sent, option=orjson.OPT_SORT_KEYS)).digest()


def _repeat(
    index: int, one: OperationInput, before: tuple[bytes, dict[str, Any]], at: datetime
) -> OperationResult:
    """Return the result of the first time; refuse another operation of the same id."""
    digest, result = before
    if digest != _digest(one):
        return results.describe(index, one, OperationReused(), at)
    return results.repeat(index, result)


@operation(WRITE)
async def resolve_sync_conflict(
    session: Session, actor: Actor, id: UUID, data: ConflictResolve, expected: int | None,
    sync: SyncContext,
) -> UUID:  # fmt: skip
    """Resolve a conflict: keep their value, set mine, or set another one."""
    conflict = await kit.load(session, actor, SyncConflict, id, expected)
    actor.require(conflict.change_permission)
    if conflict.state is not ConflictState.OPEN:
        raise ConflictIsResolved()
    wanted = {conflict.field} if data.choice is ConflictChoice.OTHER else set()
    if data.body_values.keys() - MODIFIERS != wanted or (data.body_values and not wanted):
        raise ChoiceOfAnotherField(conflict.field)
    if data.choice is not ConflictChoice.THEIRS:
        await _change_record(session, actor, sync, conflict, data)
    conflict.state, conflict.choice = ConflictState.RESOLVED, data.choice
    return await kit.save(session, actor, WRITE, conflict, ["choice", "state"])


async def _change_record(
    session: Session, actor: Actor, sync: SyncContext, conflict: SyncConflict,
    data: ConflictResolve,
) -> None:  # fmt: skip
    """Change the record by the service of its resource, in the version that the person has read."""
    if data.record_version is None:
        raise RecordVersionNeeded()
    values = data.body_values if data.choice is ConflictChoice.OTHER else conflict.mine
    await sync.find(conflict.resource).run(
        session, actor, sync.contexts, OperationKind.CHANGE, [conflict.record_id], values,
        data.record_version,
    )  # fmt: skip
