"""Input to offer a record to another unit and to answer an offer."""

from app.domain.confidential.schemas import Reason
from app.domain.records.schemas import StrictInput
from app.domain.records.types import Action


class TransferTransition(StrictInput):
    """A transition of an offer: `accept`, `decline` with a reason, or `withdraw`."""

    action: Action
    reason: Reason | None = None
