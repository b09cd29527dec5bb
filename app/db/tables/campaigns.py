"""Campaigns, and tasks out of a directive or plan."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.db.base import (
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    place_indexes,
    text_enum,
    voided_check,
)


class Campaign(Row, UnitScoped, Voidable, table=True):
    """A campaign of a unit, such as a peak campaign, with its days."""

    __tablename__ = "campaign"
    __table_args__ = place_indexes(
        "campaign",
        voided_check(),
        changed_index("campaign"),
        CheckConstraint("starts_on <= ends_on", name="begins_before_it_ends"),
        Index("ix_campaign_starts_on_id", "starts_on", "id"),
        Index("ix_campaign_ends_on_id", "ends_on", "id"),
        Index("ix_campaign_document_id_id", "document_id", "id"),
        voidable=True,
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    title: str = Field(max_length=300)
    purpose: str | None = Field(default=None, max_length=300)
    starts_on: date
    ends_on: date
    document_id: UUID | None = Field(default=None, foreign_key="document.id")


class TaskState(StrEnum):
    """State of a task."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Task(Row, UnitScoped, Voidable, table=True):
    """A task out of a directive or plan: what, which unit and position, until when."""

    __tablename__ = "task"
    __table_args__ = place_indexes(
        "task",
        voided_check(),
        changed_index("task"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done_has_a_day"),
        CheckConstraint("activity_id IS NULL OR state = 'done'", name="an_activity_does_it"),
        Index("ix_task_state_due_on_id", "state", "due_on", "id"),
        Index("ix_task_due_on_id", "due_on", "id"),
        Index("ix_task_document_id_id", "document_id", "id"),
        Index("ix_task_campaign_id_id", "campaign_id", "id"),
        Index("ix_task_activity_id_id", "activity_id", "id"),
        *(Index(f"ix_task_{place}_id_due_on_id", f"{place}_id", "due_on", "id")
          for place in ("province", "commune")),
        voidable=True,
    )  # fmt: skip

    unit_id: UUID = Field(foreign_key="unit.id")
    title: str = Field(max_length=300)
    position: str | None = Field(default=None, max_length=200)
    due_on: date
    document_id: UUID = Field(foreign_key="document.id")
    campaign_id: UUID | None = Field(default=None, foreign_key="campaign.id")
    state: TaskState = Field(default=TaskState.OPEN, sa_type=text_enum(TaskState))
    done_on: date | None = None
    activity_id: UUID | None = Field(default=None, foreign_key="activity.id")
