"""Shapes of webhooks: only their owner sees them, by the application that registered them."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal_column, select

from app.db.query.shape import Filter, Row, Shape, columns
from app.db.tables.webhooks import WebhookDelivery, WebhookEndpoint
from app.domain.actor import OWN_CLIENT, Level, Permission
from app.domain.exchange.webhooks.states import ENDPOINT_LIFE
from app.domain.records.actions import actions
from app.domain.records.shape import EITHER_END, LOGGED, choices, parent, ranges, transitions
from app.domain.scope import BY_PLACE, Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT

SUBJECT: Any = func.current_setting("binhyen.subject", literal_column("true"))  # of the caller
CLIENT: Any = func.current_setting("binhyen.client", literal_column("true"))


def _own_from(level: Level) -> Any:
    def test(row: Row, unit: Any) -> ColumnElement[bool]:
        # an application is bound to what it registered; without one its owner manages all of theirs
        client = (row.client == CLIENT) | (CLIENT == OWN_CLIENT)
        return BY_PLACE[level](row, unit) & (row.created_by == SUBJECT) & client  # type: ignore[no-any-return]

    return test


OWN: Scope = {level: _own_from(level) for level in Level}


def _of_own_endpoint(level: Level) -> Any:
    def test(row: Row, unit: Any) -> ColumnElement[bool]:
        endpoint: Row = WebhookEndpoint
        return row.endpoint_id.in_(select(endpoint.id).where(OWN[level](endpoint, unit)))  # type: ignore[no-any-return]

    return test


WEBHOOK_ENDPOINT: Shape = Shape(
    name="WebhookEndpoint",
    table=WebhookEndpoint,
    needs=Permission.WEBHOOK_READ,
    sensitive=True,
    scope=OWN,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        WebhookEndpoint,
        "id version unit_id name url events resources state disabled_by public_key client "
        f"former_keys_until refusals paused_until accepted_at {LOGGED}",
    )
    | actions(ENDPOINT_LIFE, Permission.WEBHOOK_WRITE),
    links={"unit": OWN_UNIT, "transitions": transitions()},
    filters=choices(WebhookEndpoint, "state"),
)
WEBHOOK_DELIVERY: Shape = Shape(
    name="WebhookDelivery",
    table=WebhookDelivery,
    needs=Permission.WEBHOOK_READ,
    sensitive=True,
    scope={level: _of_own_endpoint(level) for level in Level},
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        WebhookDelivery,
        "id endpoint_id event happened_at resource resource_id resource_version state attempts "
        "last_attempt_at next_attempt_at delivered_at status_code failure recorded_at",
    ),
    links={"endpoint": parent(WEBHOOK_ENDPOINT, "endpoint_id")},
    filters={
        "endpoint_id": Filter(UUID, lambda row: row.endpoint_id),
        **choices(WebhookDelivery, "state event resource_id"),
        **ranges(WebhookDelivery, "recorded_at"),
    },
)
