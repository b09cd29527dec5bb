"""Input to offer a tip to another unit."""

from typing import Annotated

from pydantic import Field

from app.db.tables.tips import TipPart
from app.domain.confidential.schemas import Reason
from app.domain.records.schemas import StrictInput
from app.domain.records.types import UnitName


class TransferOffer(StrictInput):
    """An offer of a tip: to which unit, why, and how much of it."""

    to_unit: UnitName
    reason: Reason
    shared: Annotated[
        list[TipPart],
        Field(
            min_length=1,
            max_length=3,
            default_factory=lambda: [TipPart.TEXT],
        ),
    ]
