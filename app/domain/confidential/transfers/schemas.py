"""Input to offer a record to another unit and to answer an offer."""

from typing import Annotated

from pydantic import Field

from app.domain.confidential.schemas import Reason
from app.domain.records.schemas import StrictInput


class TransferTransition(StrictInput):
    """A transition of an offer: `accept`, `decline` with a reason, or `withdraw`."""

    action: Annotated[str, Field(max_length=40)]
    reason: Reason | None = None
