"""Events of an endpoint: what is worth a message, from the items of the feed and from terms."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.tables.webhooks import WebhookEvent
from app.domain.exchange.changes.schemas import ChangeItem, ChangeKind


@dataclass(frozen=True, slots=True)
class PlannedEvent:
    """An event for a message: the record and its version, and nothing of its content."""

    event: WebhookEvent
    event_key: str
    happened_at: datetime
    resource: str | None = None
    resource_id: UUID | None = None
    resource_version: int | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the columns of the delivery."""
        return {name: getattr(self, name) for name in self.__slots__}


def build_event(item: ChangeItem, key: UUID) -> PlannedEvent:
    """Build the event of an item of the feed."""
    more: dict[str, Any] = {}
    if item.path:
        more["path"] = item.path
    if item.kind in (ChangeKind.SCOPE_GAINED, ChangeKind.SCOPE_LOST, ChangeKind.SCOPE_CHANGED):
        said = {
            "unit_id": item.unit_id, "within_unit_id": item.within_unit_id,
            "resources": item.resources, "reload": item.reload,
        }  # fmt: skip
        more |= {name: value for name, value in said.items() if value}
    return PlannedEvent(
        WebhookEvent(item.kind), f"{item.kind}:{key}", item.at, item.resource,
        item.id or item.unit_id, item.version, more,
    )  # fmt: skip


def build_urgent(item: ChangeItem, key: UUID) -> PlannedEvent:
    """Build the event of a tip that is urgent now."""
    event = WebhookEvent.URGENT_TIP
    return PlannedEvent(
        event, f"{event}:{key}", item.at, item.resource, item.id, item.version, {"path": item.path}
    )


def is_chosen(event: WebhookEvent, chosen: Collection[str]) -> bool:
    """Return whether an endpoint gets messages of a kind."""
    return str(event) in chosen
