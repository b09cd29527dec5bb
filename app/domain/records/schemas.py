"""What is said to take a record one step on."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class StrictInput(BaseModel):
    """What comes in says nothing that is not known here."""

    model_config = ConfigDict(extra="forbid")


class ChangeInput(StrictInput):
    """What is changed of a record; what is left out stays as it is, and has no value here.

    The defaults are never read: only `model_fields_set` counts.
    """


class OneTimeSecret(BaseModel):
    """An answer with a secret, which is kept without it for whoever sends the same again."""

    def told_once(self) -> Self:
        """What is kept of the answer."""
        raise NotImplementedError


class TransitionInput(StrictInput):
    """A step in the life of a record."""

    action: Annotated[str, Field(max_length=40, description="one of its `allowed_actions`")]
    effective_on: Annotated[date | None, Field(description="today unless said")] = None
    reason: Annotated[str | None, Field(max_length=2000)] = None
    document_id: Annotated[UUID | None, Field(description="the paper that orders it")] = None
