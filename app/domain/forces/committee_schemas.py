"""Schemas of committees, and of the plan by which they follow units that ended."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from app.db.tables.committees import CommitteeScope
from app.domain.forces.schemas import Mark, Size, Words
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput
from app.domain.records.types import Name, UnitName, unset
from app.domain.records.types import ProgrammeDay as Day
from app.domain.units.schemas import PlanHash
from app.domain.values import InvalidValue

Positions = Annotated[list[Words], Field(max_length=100)]


class CommitteeCreate(StrictInput):
    """A steering committee of a unit; its chair is a position, never a person."""

    unit: UnitName
    scope: CommitteeScope
    model_code: Mark | None = None
    code: Mark | None = None
    name: Name
    chair_position: Words
    member_positions: Positions = Field(default_factory=list)
    size: Size
    decision: Words | None = None
    established_on: Day

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.scope is CommitteeScope.MODEL) != (self.model_code is not None):
            raise InvalidValue(
                "model_code_disagrees",
                "model_code is needed for the scope model, and for no other.",
                "model_code là bắt buộc với scope model, và chỉ với scope này.",
            )
        return self


class CommitteeChange(ChangeInput):
    """Correct a committee; omitted fields stay as they are."""

    scope: CommitteeScope = unset()
    model_code: Mark | None = unset()
    unit: UnitName = unset()
    established_on: Day = unset()
    dissolved_on: Day = unset()
    name: Name = unset()
    code: Mark | None = unset()
    chair_position: Words = unset()
    member_positions: Positions = unset()
    size: Size = unset()
    decision: Words | None = unset()


class CommitteeTransition(TransitionInput):
    """A transition of a committee; `reorganise` takes the new composition, `follow` the unit."""

    chair_position: Words | None = None
    member_positions: Positions | None = None
    size: Size | None = None
    decision: Words | None = None
    unit: UnitName | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        composition = (self.chair_position, self.member_positions, self.size, self.decision)
        if self.action != "reorganise" and any(one is not None for one in composition):
            raise InvalidValue(
                "composition_not_taken",
                "A new composition belongs to the action reorganise only.",
                "Thành phần mới chỉ dùng với hành động reorganise.",
            )
        if (self.action == "follow") != (self.unit is not None):
            raise InvalidValue(
                "unit_needed",
                "unit is needed for the action follow, and for no other.",
                "unit là bắt buộc với hành động follow, và chỉ với hành động này.",
            )
        return self


class WaitingCommittee(BaseModel):
    """A committee whose unit has ended, and the successor that is proposed for it."""

    id: UUID
    version: int
    scope: CommitteeScope
    name: str
    unit_id: UUID
    unit: str
    to_unit_id: UUID | None
    to_unit: str | None
    fault: str | None


class CommitteeSuccessionPlan(BaseModel):
    """The committees of ended units, where each would follow, and the hash that confirms it."""

    plan_hash: str
    ready: int
    items: list[WaitingCommittee]


class CommitteeSuccession(StrictInput):
    """The plan that is confirmed."""

    plan_hash: PlanHash


class CommitteesFollowed(BaseModel):
    """The committees that follow, and how many wait for a decision of their own."""

    ids: list[UUID]
    waiting: int
