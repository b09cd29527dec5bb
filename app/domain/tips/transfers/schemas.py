"""Input to offer a tip to another unit."""

from typing import Annotated

from pydantic import Field

from app.db.tables.tips import TipPart
from app.domain.confidential.schemas import Reason
from app.domain.records.schemas import StrictInput
from app.domain.units.schemas import UnitName


class TransferOffer(StrictInput):
    """To which unit a tip shall go, why, and how much of it."""

    to_unit: Annotated[UnitName, Field(description="by id or by its code today; no village")]
    reason: Reason
    shared: Annotated[
        list[TipPart],
        Field(
            min_length=1,
            max_length=3,
            default_factory=lambda: [TipPart.TEXT],
            description="the text alone, redacted, unless said",
        ),
    ]
