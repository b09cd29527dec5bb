"""Disable an endpoint without its owner: it is gone, out of reach, or without rights."""

from app.db.session import Session
from app.db.tables.webhooks import DisableCause, EndpointState, WebhookEndpoint
from app.domain.actor import Permission
from app.domain.deadlines.days import today
from app.domain.exchange.job_actors import restore_actor
from app.domain.exchange.webhooks.states import ENDPOINT_LIFE
from app.domain.records import kit as records
from app.domain.records.schemas import TransitionInput


async def disable_endpoint(session: Session, endpoint: WebhookEndpoint, why: DisableCause) -> None:
    """Disable an endpoint; its log says why."""
    step = ENDPOINT_LIFE.apply(
        endpoint.state, TransitionInput(action="disable", reason=why.value), effective_on=today()
    )
    endpoint.state, endpoint.disabled_by = EndpointState.DISABLED, why
    actor, fields = restore_actor(endpoint.acting), ["disabled_by", "state"]
    await records.save(session, actor, Permission.WEBHOOK_WRITE, endpoint, fields, step)
