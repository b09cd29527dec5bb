"""Webhooks, in the matrix."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from app.db.base import now
from app.db.session import Session
from app.db.tables.webhooks import WebhookDelivery, WebhookEndpoint, WebhookEvent
from app.domain.exchange.changes.cursor import LAST
from app.domain.exchange.webhooks.keys import make_keys, seal_keys
from tests.matrix.makers import Make, put
from tests.matrix.recipe import Recipe, ask_about, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario


async def _make_endpoint(scenario: "Scenario", session: Session, path: str) -> UUID:
    """An endpoint of the caller's own, as all callers have one subject."""
    keys = make_keys()
    row = WebhookEndpoint(
        unit_id=scenario.country[path], name="Hệ thống", url="https://a.example/",
        events=["created"], public_key=keys.shown_public, client="tests", sealed_keys="",
        acting={}, era=uuid4(), position=0, position_id=LAST, rights="", created_by="somebody",
    )  # fmt: skip
    seal = scenario.application.app.state.resources.webhooks.seal
    row.sealed_keys = seal_keys(seal, row.id, keys)
    return await put(session, row)


async def _make_delivery(scenario: "Scenario", session: Session, path: str) -> UUID:
    endpoint = await _make_endpoint(scenario, session, path)
    row = WebhookDelivery(
        endpoint_id=endpoint, event=WebhookEvent.TEST, event_key=uuid4().hex, happened_at=now(),
        next_attempt_at=now(),
    )  # fmt: skip
    return await put(session, row)


RANGE = {"since": "2026-01-01T00:00:00+07:00", "until": "2026-02-01T00:00:00+07:00"}
RECIPES: dict[str, Recipe] = {
    "POST /api/v1/webhook-endpoints": new(name="*", url="https://a.example/", events=["created"]),
    "PATCH /api/v1/webhook-endpoints/{id}": one(name="Hệ thống khác"),
    "POST /api/v1/webhook-endpoints/{id}/transitions": one(action="disable", reason="Bảo trì"),
    "POST /api/v1/webhook-endpoints/{id}/keys": one(),
    "POST /api/v1/webhook-endpoints/{id}/test": ask_about(),
    "POST /api/v1/webhook-endpoints/{id}/replay": ask_about(**RANGE),
}

MAKERS: dict[str, Make] = {
    "webhook_endpoint": _make_endpoint,
    "webhook_delivery": _make_delivery,
}

PLACES = {
    "webhook-endpoints": "SELECT id, unit_id FROM webhook_endpoint",
    "webhook-deliveries": (
        "SELECT d.id, e.unit_id FROM webhook_delivery d "
        "JOIN webhook_endpoint e ON e.id = d.endpoint_id"
    ),
}
VERSIONED = ("webhook_endpoint",)
