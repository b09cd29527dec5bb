"""Targets of units, and their values from day to day."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric
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
from app.db.tables.records import Entry


class TargetShape(StrEnum):
    """Shape of a target: what its value is compared with."""

    RELATIVE_CHANGE = "relative_change"
    RATIO = "ratio"
    GROWTH = "growth"
    CEILING = "ceiling"


class TargetSide(StrEnum):
    """Side of the threshold on which a target is met."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class ChangeBasis(StrEnum):
    """Meaning of the growth of a share: in per cent of it, or in percentage points."""

    RELATIVE = "relative"
    PERCENTAGE_POINT = "percentage_point"


class Target(Row, UnitScoped, Voidable, table=True):
    """A target of a unit for a period: a figure that should be reached, or not exceeded."""

    __tablename__ = "target"
    __table_args__ = place_indexes(
        "target",
        changed_index("target"),
        CheckConstraint("period_from <= period_to", name="period_begins_before_it_ends"),
        CheckConstraint("baseline_from <= baseline_to", name="baseline_begins_before_it_ends"),
        CheckConstraint("(basis IS NULL) = (shape <> 'growth')", name="growth_has_a_basis"),
        CheckConstraint(
            "(baseline_value IS NULL) = (baseline_source IS NULL)",
            name="stated_baseline_has_a_source",
        ),
        voided_check(),
        Index("ix_target_indicator_id", "indicator", "id"),
        Index("ix_target_shape_id", "shape", "id"),
        Index("ix_target_parent_id_id", "parent_id", "id"),
        Index("ix_target_period_from_id", "period_from", "id"),
        Index("ix_target_period_to_id", "period_to", "id"),
        voidable=True,
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    parent_id: UUID | None = Field(default=None, foreign_key="target.id")
    title: str = Field(max_length=300)
    indicator: str = Field(max_length=80)  # with its version: a definition never changes
    filter: str | None = Field(default=None, max_length=300)
    shape: TargetShape = Field(sa_type=text_enum(TargetShape))
    basis: ChangeBasis | None = Field(default=None, sa_type=text_enum(ChangeBasis))
    comparator: TargetSide = Field(sa_type=text_enum(TargetSide))
    value: Decimal = Field(sa_type=Numeric)  # the latest; those of earlier days are target values
    period_from: date
    period_to: date
    window_name: str | None = Field(default=None, max_length=80)
    baseline_from: date | None = None
    baseline_to: date | None = None
    baseline_value: Decimal | None = Field(default=None, sa_type=Numeric)
    baseline_source: str | None = Field(default=None, max_length=300)
    source: str | None = Field(default=None, max_length=300)  # the text that sets the target


class TargetValue(Entry, table=True):
    """A value of a target from a day on, until the next; none is ever overwritten."""

    __tablename__ = "target_value"
    __table_args__ = (Index("ix_target_value_target_id_id", "target_id", "id"),)

    target_id: UUID = Field(foreign_key="target.id")
    value: Decimal = Field(sa_type=Numeric)
    valid_from: date
    reason: str | None = Field(default=None, max_length=2000)
    recorded_by: str
