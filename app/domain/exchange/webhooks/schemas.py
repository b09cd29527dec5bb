"""Schemas of webhooks, and the one response that holds a secret."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from app.db.tables.webhooks import WebhookEvent
from app.domain.records.schemas import ChangeInput, OneTimeSecret, StrictInput
from app.domain.records.types import LINE, Action, Moment, Name, Reason, unset
from app.domain.values import InvalidValue

MAX_RESOURCES = 100
Url = Annotated[str, Field(min_length=8, max_length=500), LINE]
ListName = Annotated[str, Field(min_length=1, max_length=60), LINE]
Events = Annotated[list[WebhookEvent], Field(min_length=1, max_length=len(WebhookEvent))]
Resources = Annotated[list[ListName], Field(max_length=MAX_RESOURCES)]


class WebhookEndpointCreate(StrictInput):
    """An address that is to get messages."""

    name: Name
    url: Url
    events: Events = Field(default_factory=lambda: list(WebhookEvent))
    resources: Resources = Field(default_factory=list)


class WebhookEndpointChange(ChangeInput):
    """Change an endpoint; omitted fields stay as they are."""

    name: Name = unset()
    url: Url = unset()
    events: Events = unset()
    resources: Resources = unset()


class WebhookEndpointTransition(StrictInput):
    """A transition of an endpoint: `disable` or `enable`."""

    action: Action
    reason: Reason | None = None


class WebhookReplay(StrictInput):
    """Messages to send again: those of events in a range of time."""

    since: Moment
    until: Moment
    only_failed: bool = Field(default=False, strict=True)

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.since >= self.until:
            raise InvalidValue(
                "webhook_replay_range",
                "since lies before until.",
                "since phải trước until.",
            )
        return self


class WebhookReplayed(BaseModel):
    """The number of messages that wait to be sent again."""

    count: int


class WebhookKeys(OneTimeSecret):
    """The keys that sign the messages of an endpoint; the secret is returned only once."""

    id: UUID
    secret: str | None
    public_key: str

    def without_secret(self) -> Self:
        """Return the response that is stored for a repeated request, without the secret."""
        return self.model_copy(update={"secret": None})
