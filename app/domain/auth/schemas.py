"""What is said to register a client."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.domain.actor import Role


class ClientCreate(BaseModel):
    """A system that shall speak to us in its own name."""

    client_id: Annotated[
        str, Field(min_length=3, max_length=100, pattern=r"^[a-z0-9][a-z0-9._-]+$")
    ]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    roles: Annotated[list[Role], Field(min_length=1)]
    unit_id: UUID
    purposes: list[str] = []
