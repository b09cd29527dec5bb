"""What is said to hand a tip over."""

from typing import Annotated

from pydantic import Field

from app.db.tables.tips import TipPart
from app.domain.records.schemas import StrictInput
from app.domain.units.schemas import UnitName

Reason = Annotated[
    str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")
]


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


class TransferStep(StrictInput):
    """To `accept`, `decline` (with a reason) or `withdraw` an offer."""

    action: Annotated[str, Field(max_length=40, description="one of its `allowed_actions`")]
    reason: Reason | None = None
