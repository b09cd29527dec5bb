"""What is said to know an informant, and what is told of him."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.records.schemas import StrictInput

Reason = Annotated[
    str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")
]


class IdentityAsk(StrictInput):
    """The wish to know an informant, and why; the informant may read the reason."""

    reason: Reason


class IdentityStep(StrictInput):
    """To `approve` or `decline` a request, which needs a reason, or to `withdraw` it."""

    action: Annotated[str, Field(max_length=40, description="one of its `allowed_actions`")]
    reason: Reason | None = None


class OpenedIdentity(BaseModel):
    """Who an informant is; told and not kept."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    address: str | None = None
    note: str | None = None
    views_left: int
    opens_until: datetime
