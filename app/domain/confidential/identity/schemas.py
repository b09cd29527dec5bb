"""Input to request an identity and to decide upon a request."""

from app.domain.confidential.schemas import Reason
from app.domain.records.schemas import StrictInput
from app.domain.records.types import Action


class IdentityRequestCreate(StrictInput):
    """A request for the identity of an informant, who may read the reason."""

    reason: Reason


class IdentityRequestTransition(StrictInput):
    """A transition of a request: `approve` or `decline` with a reason, or `withdraw`."""

    action: Action
    reason: Reason | None = None
