"""API declaration of webhooks."""

from app.domain.exchange.webhooks import service
from app.domain.exchange.webhooks.shape import WEBHOOK_DELIVERY, WEBHOOK_ENDPOINT
from app.domain.operations import Operation
from app.domain.resources import Resource

ENDPOINTS = Resource(
    WEBHOOK_ENDPOINT,
    "webhook-endpoints",
    many="List your own endpoints of webhooks, newest first.",
    one="Read one endpoint of your own.",
    create=service.create_webhook_endpoint,
    update=service.change_webhook_endpoint,
    transition=service.transition_webhook_endpoint,
    actions={
        "keys": service.rotate_webhook_keys,
        "test": Operation(service.test_webhook_endpoint, status=201, shape=WEBHOOK_DELIVERY),
        "replay": service.replay_webhook_deliveries,
    },
    offline=False,
)
DELIVERIES = Resource(
    WEBHOOK_DELIVERY,
    "webhook-deliveries",
    many="List the messages to your endpoints and what became of them, newest first.",
    one="Read one message to an endpoint of your own and what became of it.",
    plural="webhook_deliveries",
)

RESOURCES = (ENDPOINTS, DELIVERIES)
OPERATIONS: tuple[Operation, ...] = ()
