"""One operation of a device: done through the service of a single write, by what stands now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db.chosen_ids import choose_id
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.exchange.sync import queries
from app.domain.exchange.sync.current import read_current
from app.domain.exchange.sync.errors import ParentNeeded
from app.domain.exchange.sync.kinds import Contexts, SyncKind
from app.domain.exchange.sync.rules import FieldLog
from app.domain.exchange.sync.schemas import OperationInput, OperationKind, OperationStatus
from app.domain.operations import Source
from app.domain.records.batches import IdReused
from app.domain.records.names import resource_name

STATE = "state"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of an operation that was not refused."""

    status: OperationStatus
    version: int | None
    conflicts: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """An operation of a device, and everything that it takes to do it."""

    session: Session
    actor: Actor
    contexts: Contexts
    kind: SyncKind
    data: OperationInput

    async def run(
        self, kind: OperationKind, values: Mapping[str, Any], version: int | None
    ) -> None:
        """Do something with the record by the service of its resource."""
        path = [self.data.record_id]
        await self.kind.run(self.session, self.actor, self.contexts, kind, path, values, version)

    async def find_version(self) -> int | None:
        return await queries.find_version(self.session, self.kind.table, self.data.record_id)

    async def list_logged(self, version: int) -> FieldLog:
        name, id = resource_name(self.kind.table), self.data.record_id
        return await queries.list_logged(self.session, name, id, version)

    async def read(self, names: list[str]) -> dict[str, Any]:
        shape, id = self.kind.resource.shape, self.data.record_id
        return await read_current(self.session, self.actor, shape, id, names)

    async def end(self, before: int | None) -> Outcome:
        """Return the outcome, by whether others had changed the record since it was read."""
        status = OperationStatus.DONE
        if before is not None and before != self.data.base_version:
            status = OperationStatus.MERGED
        return Outcome(status, await self.find_version())


async def create_record(task: Task) -> Outcome:
    """Create a record under the id that the device has made for it."""
    kind, data = task.kind, task.data
    operation = kind.find(OperationKind.CREATE)
    task.actor.require(kind.permission(OperationKind.CREATE))
    if await task.find_version() is not None:
        raise IdReused(id=str(data.record_id))
    path: list[UUID] = []
    if any(one.source is Source.PATH for one in operation.inputs):
        if data.parent_id is None:
            raise ParentNeeded()
        path = [data.parent_id]
    with choose_id(kind.table, data.record_id):
        new = (OperationKind.CREATE, path, data.body_values, None)
        made = await kind.run(task.session, task.actor, task.contexts, *new)
    if made != data.record_id:
        raise TypeError(f"{kind.resource.path} made a record of another id")
    return await task.end(None)


async def take_step(task: Task) -> Outcome:
    """Apply a transition where nobody has applied another since, or void what nobody changed.

    Otherwise the service refuses the version that the device had, after permission and scope.
    """
    before, version = await task.find_version(), task.data.base_version
    if before is not None and version is not None and before > version:
        version = before if await _knows(task, version) else version
    await task.run(task.data.kind, task.data.body_values, version)
    return await task.end(before)


async def _knows(task: Task, version: int) -> bool:
    """Return whether the device knew the present values of what was changed after a version."""
    data = task.data
    changed = (await task.list_logged(version)).by_all
    names = sorted(changed & {STATE} if data.kind is OperationKind.TRANSITION else changed)
    now, base = await task.read(names), data.base_values
    return all(name in base and name in now and base[name] == now[name] for name in names)
