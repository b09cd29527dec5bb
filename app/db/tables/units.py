"""The map: units, their versions, parents, successions and reorganisations."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, Numeric, Text, text
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint
from sqlmodel import Field, SQLModel

from app.db.base import (
    INFINITY,
    TIME,
    NameKey,
    Row,
    UnitScoped,
    Voidable,
    empty_list,
    text_enum,
    uuid7,
    voided_check,
)


class UnitLevel(StrEnum):
    """Level of a unit."""

    NATIONAL = "national"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    VILLAGE = "village"


class UnitKind(StrEnum):
    """Kind of unit, by law, or by custom below the commune."""

    COUNTRY = "country"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    URBAN_DISTRICT = "urban_district"
    TOWN = "town"
    PROVINCIAL_CITY = "provincial_city"
    COMMUNE = "commune"
    WARD = "ward"
    TOWNSHIP = "township"
    SPECIAL_ZONE = "special_zone"
    VILLAGE = "village"
    HAMLET = "hamlet"
    RESIDENTIAL_GROUP = "residential_group"
    QUARTER = "quarter"


class Hierarchy(StrEnum):
    """A hierarchy of units."""

    ADMINISTRATIVE = "administrative"
    POLICE = "police"


class ReorganisationKind(StrEnum):
    """Reason for a change of the map."""

    REORGANISATION = "reorganisation"
    CORRECTION = "correction"
    REVERSAL = "reversal"


class ReorganisationState(StrEnum):
    """State of a reorganisation."""

    DRAFT = "draft"
    COMMITTED = "committed"
    REVERSED = "reversed"
    WITHDRAWN = "withdrawn"


class Unit(Row, UnitScoped, table=True):
    """A territory with a lifelong id, and where it lies on today's map."""

    __tablename__ = "unit"

    level: UnitLevel = Field(sa_type=text_enum(UnitLevel))


class UnitVersion(NameKey, Voidable, table=True):
    """The name, kind and code of a unit for a period; of no day, once it was voided."""

    __tablename__ = "unit_version"
    __table_args__ = (
        voided_check(),
        CheckConstraint("valid_from <= valid_to", name="ends_after_it_begins"),
        ExcludeConstraint(
            ("unit_id", "="),
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="one_version_a_day",
            using="gist",
        ),
        ExcludeConstraint(
            ("code", "="),
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="one_unit_a_code_a_day",
            using="gist",
            where=text("code IS NOT NULL"),
        ),
        ExcludeConstraint(
            ("entered_in_id", "="),
            ("kind", "="),
            ("name_key", "="),
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="one_village_a_name_a_day",
            using="gist",
            where=text("entered_in_id IS NOT NULL"),
        ),
        Index("ix_unit_version_level_sort_key_unit_id", "level", "sort_key", "unit_id"),
        Index(
            "ix_unit_version_level_valid",
            "level",
            "valid_to",
            "valid_from",
            postgresql_include=["unit_id", "kind"],
        ),
        Index("ix_unit_version_sort_key_unit_id", "sort_key", "unit_id"),
        Index("ix_unit_version_level_code_unit_id", "level", text("COALESCE(code, '')"), "unit_id"),
        Index("ix_unit_version_code_unit_id", text("COALESCE(code, '')"), "unit_id"),
        Index(
            "ix_unit_version_search_key",
            "search_key",
            postgresql_using="gin",
            postgresql_ops={"search_key": "gin_trgm_ops"},
        ),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    level: UnitLevel = Field(sa_type=text_enum(UnitLevel))
    kind: UnitKind = Field(sa_type=text_enum(UnitKind))
    code: str | None = Field(default=None, max_length=20, index=True)
    name: str = Field(max_length=200)
    full_name: str = Field(max_length=250)
    aliases: list[str] = Field(default_factory=empty_list, sa_type=ARRAY(Text))
    sort_key: str = Field(sa_column=Column(Text(collation="C"), nullable=False))
    search_key: str
    valid_from: date
    valid_to: date = Field(default=INFINITY)
    latitude: float | None = None
    longitude: float | None = None
    area_km2: float | None = None
    # the commune that a village was entered in; a reorganisation may bring two of one name together
    entered_in_id: UUID | None = Field(default=None, foreign_key="unit.id")


class UnitParent(SQLModel, table=True):
    """The parent of a unit in one hierarchy for a period."""

    __tablename__ = "unit_parent"
    __table_args__ = (
        CheckConstraint("valid_from <= valid_to", name="ends_after_it_begins"),
        ExcludeConstraint(
            ("unit_id", "="),
            ("hierarchy", "="),
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="one_parent_a_day",
            using="gist",
        ),
        Index("ix_unit_parent_parent_id_hierarchy", "parent_id", "hierarchy"),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    hierarchy: Hierarchy = Field(sa_type=text_enum(Hierarchy))
    parent_id: UUID = Field(foreign_key="unit.id")
    valid_from: date
    valid_to: date = Field(default=INFINITY)


class UnitSuccession(SQLModel, table=True):
    """A succession: the unit that a unit went into, with its share where that is known."""

    __tablename__ = "unit_succession"
    __table_args__ = (
        CheckConstraint("share > 0 AND share <= 1", name="share_is_a_part"),
        Index("uq_unit_succession_edge", "from_id", "to_id", "effective_on", unique=True),
    )

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    from_id: UUID = Field(foreign_key="unit.id")
    to_id: UUID = Field(foreign_key="unit.id", index=True)
    effective_on: date
    share: Decimal | None = Field(default=None, sa_type=Numeric(7, 6))
    is_main: bool = False
    derived: bool = False  # follows from the parts of the unit; no text names it
    decision: str | None = None
    reorganisation_id: UUID | None = Field(default=None, foreign_key="unit_reorganisation.id")


class UnitReorganisation(Row, table=True):
    """A reorganisation of the map: drafted, tried by a dry run, committed, reversed if needed."""

    __tablename__ = "unit_reorganisation"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('draft', 'withdrawn')) = (committed_at IS NULL)", name="committed_has_time"
        ),
    )

    kind: ReorganisationKind = Field(sa_type=text_enum(ReorganisationKind))
    state: ReorganisationState = Field(
        default=ReorganisationState.DRAFT, sa_type=text_enum(ReorganisationState)
    )
    title: str = Field(max_length=300)
    decision: str | None = Field(default=None, max_length=200)
    effective_on: date
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    plan: dict[str, Any] = Field(sa_type=JSONB)
    committed_at: datetime | None = Field(default=None, sa_type=TIME)
    reverses_id: UUID | None = Field(default=None, foreign_key="unit_reorganisation.id")


class UnitDated(Voidable, table=True):
    """The place of a unit in the administrative tree for a period."""

    __tablename__ = "unit_dated"
    __table_args__: ClassVar[Any] = {"info": {"is_view": True}}

    id: UUID = Field(primary_key=True)
    version: int
    level: UnitLevel = Field(sa_type=text_enum(UnitLevel))
    kind: UnitKind = Field(sa_type=text_enum(UnitKind))
    code: str | None
    name: str
    full_name: str
    aliases: list[str] = Field(sa_type=ARRAY(Text))
    sort_key: str
    search_key: str
    valid_from: date = Field(primary_key=True)
    valid_to: date
    latitude: float | None
    longitude: float | None
    area_km2: float | None
    province_id: UUID | None
    district_id: UUID | None
    commune_id: UUID | None
    village_id: UUID | None
