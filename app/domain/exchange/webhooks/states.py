"""The states of an endpoint, and the steps between them."""

from app.db.tables.webhooks import EndpointState
from app.domain.records.state_machine import StateMachine, Transition

ENDPOINT_LIFE = StateMachine(
    Transition("disable", {EndpointState.ACTIVE}, EndpointState.DISABLED, needs_reason=True),
    Transition("enable", {EndpointState.DISABLED}, EndpointState.ACTIVE),
)
