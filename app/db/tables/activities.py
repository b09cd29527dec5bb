"""Activities: what was done, by whom, where; the numbers of it are lines of one table."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, Text, text
from sqlmodel import Field

from app.db.base import (
    PLACE,
    TIME,
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    empty_list,
    place_indexes,
    text_enum,
    voided_check,
)
from app.db.tables.activity_terms import (
    ActivityKind,
    ActivityState,
    DisputeKind,
    DrillKind,
    FacilityKind,
    PartResource,
)
from app.db.tables.stated_figures import PeriodPrecision, Qualifier


class Activity(Row, UnitScoped, Voidable, table=True):
    """An activity of a unit or of several; those that take part are rows beside it."""

    __tablename__ = "activity"
    __table_args__ = place_indexes(
        "activity",
        voided_check(),
        changed_index("activity"),
        CheckConstraint("starts_on <= ends_on", name="begins_before_it_ends"),
        CheckConstraint(
            "state IN ('planned', 'approved', 'cancelled') "
            "OR (starts_on IS NOT NULL AND ends_on IS NOT NULL)",
            name="held_has_days",
        ),
        CheckConstraint("supersedes_id <> id", name="never_after_itself"),
        Index("uq_activity_supersedes_id", "supersedes_id", unique=True),
        *(Index(f"ix_activity_{name}_id", name, "id")
          for name in ("kind", "state", "starts_on", "reference", "facility_kind")),
        Index("ix_activity_ends_on_id", "ends_on", "id",
              postgresql_include=["kind", "state", "voided_at"]),
        *(Index(f"ix_activity_{name}_id", name, "id")
          for name in ("campaign_id", "document_id")),
        *(Index(f"ix_activity_{place}_id_{name}_id", f"{place}_id", name, "id")
          for place in ("province", "commune") for name in ("ends_on", "state")),
        voidable=True,
    )  # fmt: skip

    unit_id: UUID = Field(foreign_key="unit.id")
    kind: ActivityKind = Field(sa_type=text_enum(ActivityKind))
    title: str | None = Field(default=None, max_length=300)
    state: ActivityState = Field(sa_type=text_enum(ActivityState))
    precision: PeriodPrecision = Field(sa_type=text_enum(PeriodPrecision))
    starts_on: date | None = None
    ends_on: date | None = None
    period_text: str | None = Field(default=None, max_length=100)
    campaign_id: UUID | None = Field(default=None, foreign_key="campaign.id")
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    forces: list[str] = Field(
        default_factory=empty_list,
        sa_column=Column(ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    topic: str | None = Field(default=None, max_length=300)
    is_night: bool | None = None
    covers_resources: bool | None = None
    dispute_kind: DisputeKind | None = Field(default=None, sa_type=text_enum(DisputeKind))
    is_successful: bool | None = None
    has_relapsed: bool | None = None
    is_voluntary: bool | None = None
    minutes_number: str | None = Field(default=None, max_length=100)
    purpose: str | None = Field(default=None, max_length=300)
    legal_basis: str | None = Field(default=None, max_length=300)
    approved_by: str | None = Field(default=None, max_length=200)
    facility_kind: FacilityKind | None = Field(default=None, sa_type=text_enum(FacilityKind))
    drill_kind: DrillKind | None = Field(default=None, sa_type=text_enum(DrillKind))
    supersedes_id: UUID | None = Field(default=None, foreign_key="activity.id")
    source: str | None = Field(default=None, max_length=300)
    reference: str | None = Field(default=None, max_length=100)
    entry_digest: str | None = Field(default=None, max_length=64)  # of what a client sent first


class ActivityUnit(Row, UnitScoped, table=True):
    """A unit of an activity, the leading one too; for units above them the activity counts once."""

    __tablename__ = "activity_unit"
    __table_args__ = (
        Index("uq_activity_unit_activity_id_unit_id", "activity_id", "unit_id", unique=True),
        Index("ix_activity_unit_unit_id_activity_id", "unit_id", "activity_id"),
        Index(
            "ix_activity_unit_unit_id_ends_on",
            "unit_id",
            "ends_on",
            postgresql_include=["activity_id"],
        ),
        *(Index(f"ix_activity_unit_{place}_activity_id", place, "activity_id") for place in PLACE),
    )

    activity_id: UUID = Field(foreign_key="activity.id", ondelete="CASCADE")
    unit_id: UUID = Field(foreign_key="unit.id")
    ends_on: date | None = None  # that of the activity; a trigger keeps it through corrections


class ActivityPart(Row, table=True):
    """A model, team or organisation that takes part in an activity."""

    __tablename__ = "activity_part"
    __table_args__ = (
        Index("uq_activity_part_once", "activity_id", "part_id", unique=True),
        Index("ix_activity_part_part_id_activity_id", "part_id", "activity_id"),
    )

    activity_id: UUID = Field(foreign_key="activity.id", ondelete="CASCADE")
    resource: PartResource = Field(sa_type=text_enum(PartResource))
    part_id: UUID


class ActivityLine(Row, table=True):
    """A number of an activity: what is counted, in which unit, how many, how exactly."""

    __tablename__ = "activity_line"
    __table_args__ = (
        CheckConstraint(
            "(qualifier = 'unquantified') = (value IS NULL)", name="unquantified_has_no_value"
        ),
        CheckConstraint("value >= 0", name="value_is_not_negative"),
        Index("uq_activity_line_once", "activity_id", "measure", unique=True),
        Index("ix_activity_line_measure_day_activity_id", "measure", "day", "activity_id",
              postgresql_include=["category", "value", "qualifier", "voided_at"]),
    )  # fmt: skip

    activity_id: UUID = Field(foreign_key="activity.id", ondelete="CASCADE")
    measure: str = Field(max_length=60)
    category: str | None = Field(default=None, max_length=60)
    counting_unit: str = Field(max_length=60)
    value: int | None = None
    qualifier: Qualifier = Field(sa_type=text_enum(Qualifier))
    words: str | None = Field(default=None, max_length=300)
    day: date  # the last one of the activity, on which it counts
    voided_at: datetime | None = Field(default=None, sa_type=TIME)  # with it, or superseded
