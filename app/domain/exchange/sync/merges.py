"""A change of a device beside the changes of others: disjoint fields merge, a person decides."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.db.tables.sync import SyncConflict
from app.domain.actor import Permission
from app.domain.exchange.sync import queries
from app.domain.exchange.sync.operations import Outcome, Task
from app.domain.exchange.sync.rules import Merge, merge_fields
from app.domain.exchange.sync.schemas import OperationKind, OperationStatus
from app.domain.records import kit

WRITE = Permission.SYNC_WRITE


async def change_record(task: Task) -> Outcome:
    """Change a record: what nobody else has set, and nothing over what somebody has."""
    data, before = task.data, await task.find_version()
    task.actor.require(task.kind.permission(OperationKind.CHANGE))
    assert data.base_version is not None, "the input says it"
    touched: list[str] = []
    if before is not None and before > data.base_version:
        logged = await task.list_logged(data.base_version)
        touched = task.kind.fields.find_touched(data.body_values, logged)
    if before is None or before < data.base_version or not touched:
        current = before if before and before > data.base_version else data.base_version
        await task.run(OperationKind.CHANGE, data.body_values, current)
        return await task.end(before)
    return await _merge(task, before, touched)


async def _merge(task: Task, before: int, touched: list[str]) -> Outcome:
    data, base = task.data, task.data.base_values
    differing = await _try_change(task, before)
    now = await task.read(touched)
    named = [name for name in data.body_values if name not in _modifiers(task)]
    merge = merge_fields(
        named, touched, lambda name: name not in differing,
        lambda name: name in base and name in now and base[name] == now[name],
    )  # fmt: skip
    version: int | None = before
    if merge.clean:
        await task.run(OperationKind.CHANGE, _choose(task, merge), before)
        version = await task.find_version()
    conflicts = [await _record_conflict(task, name, now, version or before)
                 for name in merge.contested]  # fmt: skip
    status = OperationStatus.CONFLICT if conflicts else OperationStatus.MERGED
    return Outcome(status, version, tuple(conflicts))


async def _try_change(task: Task, before: int) -> Sequence[str]:
    """Make the whole change and take it back: it is refused as ever, or says what would differ."""
    point = await queries.open_part(task.session)
    await task.run(OperationKind.CHANGE, task.data.body_values, before)
    logged = await task.list_logged(before)
    await point.rollback()
    return task.kind.fields.find_touched(task.data.body_values, logged)


def _modifiers(task: Task) -> dict[str, Any]:
    return task.kind.fields.take_modifiers(task.data.body_values)


def _choose(task: Task, merge: Merge) -> dict[str, Any]:
    """Return the values that can be set, with what goes along with them."""
    stored = {*merge.clean, *_modifiers(task)}
    chosen = {name: value for name, value in task.data.body_values.items() if name in stored}
    return task.kind.drop_idle_modifiers(chosen)


async def _record_conflict(task: Task, name: str, now: dict[str, Any], version: int) -> UUID:
    """Record that two have set a field to different values; a person decides."""
    data, session, actor = task.data, task.session, task.actor
    mine = {name: data.body_values[name]} | _modifiers(task)
    theirs = {name: now[name]} if name in now else None
    open_one = await queries.find_open_conflict(session, actor, data.record_id, name)
    if open_one and name in data.base_values and open_one.mine.get(name) == data.base_values[name]:
        values = {"mine": mine, "theirs": theirs, "their_version": version}
        if fields := kit.assign(open_one, values):
            await kit.save(session, actor, WRITE, open_one, fields)
        return open_one.id
    return await kit.create(session, actor, WRITE, await _build(task, name, mine, theirs, version),
                            ["state"])  # fmt: skip


async def _build(
    task: Task, name: str, mine: dict[str, Any], theirs: dict[str, Any] | None, version: int
) -> SyncConflict:
    data, kind = task.data, task.kind
    assert data.base_version is not None, "the input says it"
    read = {name: data.base_values[name]} if name in data.base_values else None
    return SyncConflict(
        unit_id=await queries.find_unit(task.session, task.actor, kind.table, data.record_id),
        operation_id=data.operation_id, resource=kind.resource.path, record_id=data.record_id,
        field=name, value_permission=kind.find_value_permission(name),
        change_permission=kind.permission(OperationKind.CHANGE),
        base=read, mine=mine, theirs=theirs,
        base_version=data.base_version, their_version=version, client_time=data.client_time,
    )  # fmt: skip
