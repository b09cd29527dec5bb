"""Input to hand a case over; reasons are choices, for words about a person would stand unsealed."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.db.tables.reintegration_transfers import HandoverItem
from app.domain.records.schemas import StrictInput
from app.domain.records.types import Action, UnitName


class MoveReason(StrEnum):
    """Why a case goes to another unit."""

    PERSON_MOVED = "person_moved"
    MAP_CHANGED = "map_changed"
    ENTERED_FOR_WRONG_UNIT = "entered_for_wrong_unit"


class DeclineReason(StrEnum):
    """Why a unit does not take a case."""

    NOT_RESIDENT_HERE = "not_resident_here"
    CHECK_LIST_INCOMPLETE = "check_list_incomplete"
    HELD_HERE_ALREADY = "held_here_already"


class CaseTransferOffer(StrictInput):
    """An offer of a case: to which unit, why, and what of it is ready to be handed over."""

    to_unit: UnitName
    reason: MoveReason
    shared: Annotated[list[HandoverItem], Field(min_length=1, max_length=len(HandoverItem))]


class CaseTransferTransition(StrictInput):
    """A transition of an offer: `accept`, `decline` with a reason, or `withdraw`."""

    action: Action
    reason: DeclineReason | None = None
