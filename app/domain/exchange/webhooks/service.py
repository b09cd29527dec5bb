"""Operations on webhooks: register an address, change it, replace its keys, try it, send again."""

from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.webhooks import (
    DeliveryState,
    DisableCause,
    EndpointState,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookEvent,
)
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines.days import today
from app.domain.exchange.changes import queries as feed
from app.domain.exchange.changes.cursor import LAST, digest_rights
from app.domain.exchange.webhooks import delivery_queries, queries
from app.domain.exchange.webhooks.context import WebhookContext
from app.domain.exchange.webhooks.errors import (
    EndpointDisabled,
    ReplayTooLarge,
    TargetNotAllowed,
    TooManyEndpoints,
)
from app.domain.exchange.webhooks.keys import OVERLAP, make_keys, seal_keys
from app.domain.exchange.webhooks.rights import describe_owner
from app.domain.exchange.webhooks.schemas import (
    WebhookEndpointChange,
    WebhookEndpointCreate,
    WebhookEndpointTransition,
    WebhookKeys,
    WebhookReplay,
    WebhookReplayed,
)
from app.domain.exchange.webhooks.shape import OWN
from app.domain.exchange.webhooks.states import ENDPOINT_LIFE
from app.domain.exchange.webhooks.targets import TargetRefused, check_target
from app.domain.records import kit as records
from app.domain.records.schemas import TransitionInput
from app.domain.units import service as units

WRITE = Permission.WEBHOOK_WRITE
MAX_REPLAYED = 10_000  # messages of one request: nobody is flooded by a single one
MAX_ENDPOINTS = 100  # of one owner in a unit that get messages


@operation(WRITE)
async def create_webhook_endpoint(
    session: Session, actor: Actor, data: WebhookEndpointCreate, webhooks: WebhookContext
) -> WebhookKeys:
    """Register an address for messages of what you may read; its secret is returned only once."""
    values = _check_values(webhooks, data.model_dump())
    await units.open_own_unit(session, actor)
    await _check_number(session, actor)
    keys, state = make_keys(), await feed.find_state(session)
    endpoint = WebhookEndpoint(
        unit_id=actor.unit_id, **values, public_key=keys.shown_public, client=actor.client,
        sealed_keys="", acting=await describe_owner(session, actor), era=state.era,
        position=state.horizon - 1, position_id=LAST, rights=digest_rights(actor),
    )  # fmt: skip
    endpoint.sealed_keys = seal_keys(webhooks.seal, endpoint.id, keys)
    await records.create(session, actor, WRITE, endpoint, data.model_fields_set)
    return WebhookKeys(
        id=endpoint.id, secret=keys.shown_secret, public_key=keys.shown_public
    )  # fmt: skip


@operation(WRITE)
async def change_webhook_endpoint(
    session: Session, actor: Actor, id: UUID, data: WebhookEndpointChange,
    webhooks: WebhookContext, expected: int | None,
) -> UUID:  # fmt: skip
    """Change the name, the address or the messages of an endpoint of your own."""
    endpoint = await records.load(session, actor, WebhookEndpoint, id, expected, scope=OWN)
    values = _check_values(webhooks, data.model_dump(exclude_unset=True))
    if changed := records.assign(endpoint, values):
        await records.save(session, actor, WRITE, endpoint, changed)
    return endpoint.id


@operation(WRITE)
async def transition_webhook_endpoint(
    session: Session, actor: Actor, id: UUID, data: WebhookEndpointTransition, expected: int | None
) -> UUID:
    """Disable an endpoint of your own, or enable it again: what waits is sent then."""
    endpoint = await records.load(session, actor, WebhookEndpoint, id, expected, scope=OWN)
    taken = TransitionInput(action=data.action, reason=data.reason)
    step = ENDPOINT_LIFE.apply(endpoint.state, taken, effective_on=today())
    if data.action == "enable":
        await _check_number(session, actor)
        await queries.forget_refusals(session, endpoint.id, now())
    endpoint.state = EndpointState(step.to_state)
    endpoint.disabled_by = DisableCause.OWNER if data.action == "disable" else None
    return await records.save(session, actor, WRITE, endpoint, ["disabled_by", "state"], step)


@operation(WRITE)
async def rotate_webhook_keys(
    session: Session, actor: Actor, id: UUID, webhooks: WebhookContext, expected: int | None
) -> WebhookKeys:
    """Replace the keys of an endpoint of your own; for a day the replaced ones sign as well."""
    endpoint = await records.load(session, actor, WebhookEndpoint, id, expected, scope=OWN)
    keys = make_keys()
    values: dict[str, Any] = {
        "former_keys": endpoint.sealed_keys, "former_keys_until": now() + OVERLAP,
        "sealed_keys": seal_keys(webhooks.seal, endpoint.id, keys),
        "public_key": keys.shown_public,
    }  # fmt: skip
    records.assign(endpoint, values)
    fields = ["former_keys_until", "public_key"]
    await records.save(session, actor, WRITE, endpoint, fields)
    return WebhookKeys(
        id=endpoint.id, secret=keys.shown_secret, public_key=keys.shown_public
    )  # fmt: skip


@operation(WRITE)
async def test_webhook_endpoint(session: Session, actor: Actor, id: UUID) -> UUID:
    """Send a test message to an endpoint of your own; its delivery says what was answered."""
    endpoint = await _load_active(session, actor, id)
    delivery = WebhookDelivery(
        endpoint_id=endpoint.id, event=WebhookEvent.TEST, event_key="", happened_at=now(),
        next_attempt_at=now(),
    )  # fmt: skip
    delivery.event_key = f"test:{delivery.id}"
    await records.write(session, delivery)
    await delivery_queries.wake_endpoint(session, endpoint.id, now())
    return delivery.id


@operation(WRITE)
async def replay_webhook_deliveries(
    session: Session, actor: Actor, id: UUID, data: WebhookReplay
) -> WebhookReplayed:
    """Send the messages of a range of time again, to an endpoint of your own."""
    endpoint = await _load_active(session, actor, id)
    states = [DeliveryState.FAILED.value]
    states += [] if data.only_failed else [DeliveryState.DELIVERED.value]
    count = await delivery_queries.replay_deliveries(
        session, endpoint.id, data.since, data.until, states, now(), MAX_REPLAYED + 1
    )
    if count > MAX_REPLAYED:
        raise ReplayTooLarge(most=MAX_REPLAYED)
    return WebhookReplayed(count=count)


async def _load_active(session: Session, actor: Actor, id: UUID) -> WebhookEndpoint:
    endpoint = await records.get(session, actor, WebhookEndpoint, id, scope=OWN)
    if endpoint.state is not EndpointState.ACTIVE:
        raise EndpointDisabled()
    return endpoint


async def _check_number(session: Session, actor: Actor) -> None:
    if await queries.count_active(session, actor) >= MAX_ENDPOINTS:
        raise TooManyEndpoints(most=MAX_ENDPOINTS)


def _check_values(webhooks: WebhookContext, values: dict[str, Any]) -> dict[str, Any]:
    """Refuse an address that no message may go to, and resources that nobody follows."""
    webhooks.check_resources(values.get("resources", ()))
    for name in ("events", "resources"):
        if name in values:
            values[name] = sorted(set(map(str, values[name])))
    try:
        if "url" in values:
            check_target(values["url"], webhooks.hosts)
    except TargetRefused as refused:
        raise TargetNotAllowed(refused.code) from None
    return values
