"""Inputs common to all records."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class StrictInput(BaseModel):
    """An input that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid")


class ChangeInput(StrictInput):
    """Changes to a record; fields left out stay unchanged, and have no value here.

    The defaults are never read: only `model_fields_set` counts.
    """


class OneTimeSecret(BaseModel):
    """A response with a secret, which is stored without it for repetitions of the request."""

    def without_secret(self) -> Self:
        """Return the response without its secret, to be stored."""
        raise NotImplementedError


class TransitionInput(StrictInput):
    """A transition of a record."""

    action: Annotated[str, Field(max_length=40)]
    effective_on: date | None = None
    reason: Annotated[str | None, Field(max_length=2000)] = None
    document_id: UUID | None = None
