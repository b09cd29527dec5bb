"""Webhooks: the addresses of subscribers, and the messages that were sent or wait."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Identity, Index, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from app.db.base import TIME, Row, UnitScoped, empty_list, place_indexes, text_enum
from app.db.tables.records import Entry


class WebhookEvent(StrEnum):
    """Kind of a message."""

    CREATED = "created"
    CHANGED = "changed"
    TRANSITIONED = "transitioned"
    VOIDED = "voided"
    PURGED = "purged"
    SCOPE_GAINED = "scope_gained"
    SCOPE_LOST = "scope_lost"
    SCOPE_CHANGED = "scope_changed"
    URGENT_TIP = "urgent_tip"
    NEAR_DEADLINE = "near_deadline"
    TEST = "test"


class EndpointState(StrEnum):
    """State of an endpoint."""

    ACTIVE = "active"
    DISABLED = "disabled"


class DisableCause(StrEnum):
    """Why an endpoint gets no messages."""

    OWNER = "owner"
    GONE = "gone"  # it answered 410
    UNREACHABLE = "unreachable"  # it took no message for as long as one is tried
    RIGHTS_ENDED = "rights_ended"


class DeliveryState(StrEnum):
    """State of a delivery."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookEndpoint(Row, UnitScoped, table=True):
    """An address that is sent thin messages of what its owner may read."""

    __tablename__ = "webhook_endpoint"
    __table_args__ = place_indexes(
        "webhook_endpoint",
        CheckConstraint(
            "(state = 'disabled') = (disabled_by IS NOT NULL)", name="disabled_has_cause"
        ),
        Index("ix_webhook_endpoint_state_id", "state", "id"),
        Index("ix_webhook_endpoint_due", "due_at", postgresql_where=text("state = 'active'")),
        Index("ix_webhook_endpoint_created_by_id", "created_by", "id"),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    name: str = Field(max_length=300)
    url: str = Field(max_length=500)
    events: list[str] = Field(default_factory=empty_list, sa_type=ARRAY(Text))
    resources: list[str] = Field(default_factory=empty_list, sa_type=ARRAY(Text))
    state: EndpointState = Field(default=EndpointState.ACTIVE, sa_type=text_enum(EndpointState))
    disabled_by: DisableCause | None = Field(default=None, sa_type=text_enum(DisableCause))
    public_key: str = Field(max_length=60)
    client: str = Field(max_length=100)  # the application by which it was registered
    sealed_keys: str  # by the settings' key: no backup of the database signs
    former_keys: str | None = None
    former_keys_until: datetime | None = Field(default=None, sa_type=TIME)
    acting: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # whose rights it has
    # how far the feed of changes was read, and with which rights
    era: UUID
    position: int = Field(sa_type=BigInteger)
    position_id: UUID
    rights: str = Field(max_length=40)
    near_checked_at: datetime | None = Field(default=None, sa_type=TIME)
    # of the sender: messages refused one after the other, and until when it waits
    refusals: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    paused_until: datetime | None = Field(default=None, sa_type=TIME)
    accepted_at: datetime | None = Field(default=None, sa_type=TIME)
    due_at: datetime | None = Field(default=None, sa_type=TIME)  # not later than its next message


class WebhookDelivery(Entry, table=True):
    """A message to an endpoint: which record, how often tried, and what it answered."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        CheckConstraint(
            "(state = 'waiting') = (next_attempt_at IS NOT NULL)", name="waiting_has_time"
        ),
        Index("uq_webhook_delivery_endpoint_id_event_key", "endpoint_id", "event_key", unique=True),
        Index("ix_webhook_delivery_endpoint_id_id", "endpoint_id", "id"),
        Index("ix_webhook_delivery_recorded_at", "recorded_at"),
        Index(
            "ix_webhook_delivery_due", "endpoint_id", "next_attempt_at", "seq",
            postgresql_where=text("state = 'waiting' AND is_next"),
        ),
        Index(
            "ix_webhook_delivery_before", "endpoint_id", text("coalesce(resource_id, endpoint_id)"),
            "seq", postgresql_where=text("state = 'waiting'"),
        ),
    )  # fmt: skip

    seq: int | None = Field(
        default=None, sa_type=BigInteger, nullable=False, sa_column_args=(Identity(always=False),)
    )
    endpoint_id: UUID = Field(foreign_key="webhook_endpoint.id")
    event: WebhookEvent = Field(sa_type=text_enum(WebhookEvent))
    event_key: str = Field(max_length=120)  # one event is one message, however often it is planned
    happened_at: datetime = Field(sa_type=TIME)
    resource: str | None = Field(default=None, max_length=60)
    resource_id: UUID | None = None
    resource_version: int | None = None
    more: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # what a unit takes along
    state: DeliveryState = Field(default=DeliveryState.WAITING, sa_type=text_enum(DeliveryState))
    # false while it surely waits for an earlier message about its record
    is_next: bool = Field(default=True, sa_column_kwargs={"server_default": text("true")})
    attempts: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    last_attempt_at: datetime | None = Field(default=None, sa_type=TIME)
    next_attempt_at: datetime | None = Field(default=None, sa_type=TIME)
    delivered_at: datetime | None = Field(default=None, sa_type=TIME)
    status_code: int | None = None
    failure: str | None = Field(default=None, max_length=60)
