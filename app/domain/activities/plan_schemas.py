"""Schemas of campaigns and tasks."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from app.domain.activities.errors import ActivityByAction, CampaignTurned
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput
from app.domain.records.types import LINE, Line, UnitName, unset
from app.domain.records.types import ProgrammeDay as Day
from app.domain.values import InvalidValue

Position = Annotated[str, Field(min_length=1, max_length=200), LINE]


class CampaignCreate(StrictInput):
    """A campaign of a unit, with its days."""

    unit: UnitName
    title: Line
    purpose: Line | None = None
    starts_on: Day
    ends_on: Day
    document_id: UUID | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.ends_on < self.starts_on:
            fault = CampaignTurned().errors[0]
            raise InvalidValue(fault.code, fault.en, fault.vi)
        return self


class CampaignChange(ChangeInput):
    """Correct a campaign; omitted fields stay as they are."""

    unit: UnitName = unset()
    title: Line = unset()
    purpose: Line | None = unset()
    starts_on: Day = unset()
    ends_on: Day = unset()
    document_id: UUID | None = unset()


class TaskCreate(StrictInput):
    """A task out of a directive or plan: what, which unit and position, until when."""

    unit: UnitName
    title: Line
    position: Position | None = None
    due_on: Day
    document_id: UUID
    campaign_id: UUID | None = None


class TaskChange(ChangeInput):
    """Correct a task; omitted fields stay as they are."""

    unit: UnitName = unset()
    title: Line = unset()
    position: Position | None = unset()
    due_on: Day = unset()
    document_id: UUID = unset()
    campaign_id: UUID | None = unset()


class TaskTransition(TransitionInput):
    """A transition of a task; `complete` may name the activity that did it."""

    activity_id: UUID | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.activity_id and self.action != "complete":
            fault = ActivityByAction().errors[0]
            raise InvalidValue(fault.code, fault.en, fault.vi)
        return self
