"""What is said to take a record one step on."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Input(BaseModel):
    """What comes in says nothing that is not known here."""

    model_config = ConfigDict(extra="forbid")


class TransitionWords(Input):
    """A step in the life of a record."""

    action: Annotated[str, Field(max_length=40, description="one of its `allowed_actions`")]
    effective_on: Annotated[date | None, Field(description="today unless said")] = None
    reason: Annotated[str | None, Field(max_length=2000)] = None
    document_id: Annotated[UUID | None, Field(description="the paper that orders it")] = None
