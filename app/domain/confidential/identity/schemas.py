"""Input to request an identity and to decide upon a request."""

from typing import Annotated

from pydantic import Field

from app.domain.confidential.schemas import Reason
from app.domain.records.schemas import StrictInput


class IdentityAsk(StrictInput):
    """The wish to know an informant, and why; the informant may read the reason."""

    reason: Reason


class IdentityStep(StrictInput):
    """To `approve` or `decline` a request, which needs a reason, or to `withdraw` it."""

    action: Annotated[str, Field(max_length=40, description="one of its `allowed_actions`")]
    reason: Reason | None = None
