"""Input to offer a record to another unit and to answer an offer."""

from typing import Annotated

from pydantic import Field

from app.domain.confidential.schemas import Reason
from app.domain.records.schemas import StrictInput


class TransferStep(StrictInput):
    """To `accept`, `decline` (with a reason) or `withdraw` an offer."""

    action: Annotated[str, Field(max_length=40, description="one of its `allowed_actions`")]
    reason: Reason | None = None
