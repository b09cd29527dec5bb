"""Statutory deadlines: rules with their editions, and the deadlines of each record."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field, SQLModel

from app.db.base import INFINITY, PLACE, TIME, Row, UnitScoped, now, text_enum, uuid7
from app.db.tables.calendars import Certainty


class Measure(StrEnum):
    """Unit in which the length of a deadline is counted."""

    HOUR = "hour"
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"
    MONTH = "month"


class DeadlineState(StrEnum):
    """State of a deadline."""

    RUNNING = "running"
    PAUSED = "paused"
    EXTENDED = "extended"
    MET = "met"
    BREACHED = "breached"


class DeadlineAct(StrEnum):
    """Act that changes a deadline."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    MET = "met"
    BREACHED = "breached"
    RECKONED = "reckoned"  # its calendar was corrected, so that it ends at another time


class DeadlineRule(Row, table=True):
    """A dated edition of a rule of law that sets a time limit."""

    __tablename__ = "deadline_rule"
    __table_args__ = (
        CheckConstraint("valid_from < valid_to", name="ends_after_it_begins"),
        CheckConstraint("length > 0 AND edition > 0", name="counts_are_positive"),
        CheckConstraint("measure <> 'hour' OR NOT rolls", name="hours_do_not_roll"),
        CheckConstraint(
            "suspension_allowed OR suspension_most_days IS NULL",
            name="most_days_of_what_is_allowed",
        ),
        CheckConstraint("suspension_most_days > 0", name="most_days_are_positive"),
        Index("uq_deadline_rule_code_edition", "code", "edition", unique=True),
        ExcludeConstraint(
            ("code", "="),
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="one_edition_a_day",
            using="gist",
        ),
    )

    code: str = Field(max_length=60)
    edition: int
    valid_from: date
    valid_to: date = Field(default=INFINITY)
    name_vi: str = Field(max_length=300)
    name_en: str = Field(max_length=300)
    trigger: str = Field(max_length=60)
    length: int
    measure: Measure = Field(sa_type=text_enum(Measure))
    rolls: bool = False
    calendar_id: UUID = Field(foreign_key="calendar.id", index=True)
    suspension_allowed: bool = False
    suspension_most_days: int | None = None
    basis: str = Field(max_length=1000)
    source: str = Field(max_length=300)
    certainty: Certainty = Field(sa_type=text_enum(Certainty))


class DeadlineExtensionStep(SQLModel, table=True):
    """A permitted extension of a time limit: by how much, how often, by which authority."""

    __tablename__ = "deadline_extension_step"
    __table_args__ = (
        CheckConstraint("length > 0 AND times > 0 AND step > 0", name="counts_are_positive"),
        Index("uq_deadline_extension_step_rule_id_step", "rule_id", "step", unique=True),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    rule_id: UUID = Field(foreign_key="deadline_rule.id", ondelete="CASCADE")
    step: int
    length: int
    measure: Measure = Field(sa_type=text_enum(Measure))
    times: int = 1
    authority: str = Field(max_length=60)
    basis: str = Field(max_length=1000)


LIVE = "state IN ('running', 'paused', 'extended')"


def _due(*place: str) -> Index:
    """Index of a list ordered by due time; deadlines of tips are in no such list."""
    name = "_".join(("ix_deadline", *place, "due"))
    apart = text("resource <> 'tip'")
    return Index(name, *place, "due_on", "due_at", "id", postgresql_where=apart)


class Deadline(Row, UnitScoped, table=True):
    """One deadline of one record: its start, its end and its state."""

    __tablename__ = "deadline"
    __table_args__: Any = (
        CheckConstraint(
            "(state = 'paused') = (paused_at IS NOT NULL) AND "
            "num_nonnulls(remaining_seconds, remaining_days) = "
            "CASE WHEN state = 'paused' THEN 1 ELSE 0 END",
            name="paused_has_what_remains",
        ),
        CheckConstraint("state <> 'met' OR met_at IS NOT NULL", name="met_has_time"),
        CheckConstraint("(state = 'breached') = (breached_at IS NOT NULL)", name="breach_has_time"),
        CheckConstraint("remaining_seconds >= 0 AND remaining_days >= 0", name="remains_something"),
        Index(
            "uq_deadline_live", "resource", "resource_id", "rule_code",
            unique=True, postgresql_where=text(LIVE),
        ),
        Index("ix_deadline_resource_id_id", "resource_id", "id"),
        _due(),
        *map(_due, PLACE),
        Index(
            "ix_deadline_ticking", "due_at",
            postgresql_where=text("state IN ('running', 'extended')"),
        ),
        Index(
            "ix_deadline_pause_ends_at", "pause_ends_at",
            postgresql_where=text("state = 'paused' AND pause_ends_at IS NOT NULL"),
        ),
    )  # fmt: skip

    resource: str = Field(max_length=60)
    resource_id: UUID
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    rule_id: UUID = Field(foreign_key="deadline_rule.id", index=True)
    rule_code: str = Field(max_length=60)
    state: DeadlineState = Field(sa_type=text_enum(DeadlineState))
    started_at: datetime = Field(sa_type=TIME)
    ends_at: datetime = Field(sa_type=TIME)  # before it moves to a day of work
    due_at: datetime = Field(sa_type=TIME)
    due_on: date
    acted_at: datetime = Field(sa_type=TIME)
    extensions: int = 0
    paused_at: datetime | None = Field(default=None, sa_type=TIME)
    pause_ends_at: datetime | None = Field(default=None, sa_type=TIME)
    paused_seconds: int = 0
    remaining_seconds: int | None = None
    remaining_days: int | None = None
    met_at: datetime | None = Field(default=None, sa_type=TIME)
    breached_at: datetime | None = Field(default=None, sa_type=TIME)


class DeadlineEvent(SQLModel, table=True):
    """An event of a deadline: when it happened and when it was recorded; never changed."""

    __tablename__ = "deadline_event"
    __table_args__ = (
        Index("uq_deadline_event_deadline_id_number", "deadline_id", "number", unique=True),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    deadline_id: UUID = Field(foreign_key="deadline.id")
    number: int
    act: DeadlineAct = Field(sa_type=text_enum(DeadlineAct))
    occurred_at: datetime = Field(sa_type=TIME)
    recorded_at: datetime = Field(default_factory=now, sa_type=TIME)
    recorded_by: str
    due_at: datetime = Field(sa_type=TIME)
    length: int | None = None
    measure: Measure | None = Field(default=None, sa_type=text_enum(Measure))
    authority: str | None = Field(default=None, max_length=60)
    basis: str | None = Field(default=None, max_length=1000)
    reason: str | None = Field(default=None, max_length=1000)
