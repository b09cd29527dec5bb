"""API declaration of offline sync."""

from app.domain.exchange.sync import service
from app.domain.exchange.sync.shape import CONFLICT
from app.domain.operations import Operation
from app.domain.resources import Resource

CONFLICTS = Resource(
    CONFLICT,
    "sync-conflicts",
    many="List the conflicts of what devices of your units have pushed, newest first.",
    one="Read one conflict: the field, and both values.",
    actions={"resolve": service.resolve_sync_conflict},
)

RESOURCES = (CONFLICTS,)
OPERATIONS: tuple[Operation, ...] = (
    Operation(service.push_operations, "sync/operations", tag="sync", cost=500),
)
