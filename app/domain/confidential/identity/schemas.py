"""Input to request an identity and to decide upon a request."""

from typing import Annotated

from pydantic import Field

from app.domain.confidential.schemas import Reason
from app.domain.records.schemas import StrictInput


class IdentityRequestCreate(StrictInput):
    """A request for the identity of an informant, who may read the reason."""

    reason: Reason


class IdentityRequestTransition(StrictInput):
    """A transition of a request: `approve` or `decline` with a reason, or `withdraw`."""

    action: Annotated[str, Field(max_length=40)]
    reason: Reason | None = None
