"""Programme models: their types, their hosts and their dates."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, Text, text
from sqlalchemy.dialects.postgresql import DATEMULTIRANGE, Range
from sqlmodel import Field

from app.db.base import (
    STANDS,
    NameAndOrder,
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    empty_list,
    name_index,
    text_enum,
    voided_check,
)


class HostKind(StrEnum):
    """Kind of host of a model of this type."""

    TERRITORY = "territory"
    ORGANISATION = "organisation"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    CLAN = "clan"
    RELIGIOUS_COMMUNITY = "religious_community"
    ONLINE = "online"
    CROSS_TERRITORY = "cross_territory"


class ModelField(StrEnum):
    """Field of a model of this type."""

    SECURITY_ORDER = "security_order"
    FIRE_SAFETY = "fire_safety"
    TRAFFIC_SAFETY = "traffic_safety"
    MEDIATION = "mediation"
    REINTEGRATION = "reintegration"
    YOUTH = "youth"
    FAMILY = "family"
    DIGITAL = "digital"
    EPIDEMIC = "epidemic"


class Principle(StrEnum):
    """The four principles of self-reliance."""

    SELF_PREVENTION = "self_prevention"  # tự phòng
    SELF_MANAGEMENT = "self_management"  # tự quản
    SELF_PROTECTION = "self_protection"  # tự bảo vệ
    SELF_MEDIATION = "self_mediation"  # tự hòa giải


class ModelState(StrEnum):
    """State of a model."""

    PROPOSED = "proposed"
    SURVEYED = "surveyed"
    APPROVED = "approved"
    PILOT = "pilot"
    LAUNCHED = "launched"
    OPERATING = "operating"
    UNDER_REVIEW = "under_review"
    REPLICATED = "replicated"
    SUSPENDED = "suspended"
    RETIRED = "retired"


Days = Range  # from one day until another, which is left out; open where no end is known
AT_WORK = "state IN ('launched', 'operating', 'under_review', 'replicated')"
PRINCIPLES = ", ".join(f"'{principle}'" for principle in Principle)


class ModelType(Row, table=True):
    """A type of programme model, with one name throughout the country."""

    __tablename__ = "model_type"
    __table_args__ = (
        CheckConstraint(f"principles <@ ARRAY[{PRINCIPLES}]", name="principles_are_known"),
        Index("ix_model_type_sort_key_id", "sort_key", "id"),
    )

    code: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=300)
    aliases: list[str] = Field(
        default_factory=empty_list,
        sa_column=Column(ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    field: ModelField = Field(
        default=ModelField.SECURITY_ORDER,
        sa_type=text_enum(ModelField),
        sa_column_kwargs={"server_default": ModelField.SECURITY_ORDER.value},
    )
    host_kind: HostKind = Field(sa_type=text_enum(HostKind))
    principles: list[str] = Field(
        default_factory=empty_list,
        sa_column=Column(ARRAY(Text), nullable=False, server_default=text("'{}'")),
    )
    description: str | None = None
    source: str | None = Field(default=None, max_length=500)
    sort_key: str = Field(sa_column=Column(Text(collation="C"), nullable=False))
    search_key: str


class ModelTypeName(Row, table=True):
    """A name that belongs to one type: its code, its name, or another spelling."""

    __tablename__ = "model_type_name"

    type_id: UUID = Field(foreign_key="model_type.id", ondelete="CASCADE", index=True)
    key: str = Field(max_length=1000, unique=True)


class ProgrammeModel(Row, NameAndOrder, UnitScoped, Voidable, table=True):
    """A programme model at one place or across several; the field calls it a site (điểm)."""

    __tablename__ = "model"
    __table_args__: Any = (
        voided_check(),
        CheckConstraint(
            f"({AT_WORK}) = upper_inf(at_work) AND (state IN ('retired', 'suspended') "
            f"OR (launched_on IS NOT NULL) = ({AT_WORK}))",
            name="at_work_by_state",
        ),
        CheckConstraint(
            "CASE WHEN launched_on IS NULL THEN isempty(at_work) AND state <> 'suspended' "
            "ELSE launched_on <= coalesce(lower(at_work), launched_on) "
            "AND last_active_on >= launched_on END",
            name="launched_has_date",
        ),
        CheckConstraint(
            "households >= 0 AND residents >= 0 AND groups >= 0 AND failed_reviews >= 0",
            name="counts_are_not_negative",
        ),
        CheckConstraint("replicated_from_id <> id", name="no_copy_of_itself"),
        Index(
            "uq_model_source_reference",
            "source",
            "reference",
            unique=True,
            postgresql_where=STANDS,
        ),
        name_index("model"),
        changed_index("model"),
        Index("ix_model_type_id_id", "type_id", "id"),
        Index("ix_model_state_id", "state", "id"),
        Index("ix_model_launched_on_id", "launched_on", "id"),
        Index("ix_model_last_active_on", "last_active_on", "id", postgresql_where=text(AT_WORK)),
        Index("ix_model_failed_reviews", "id", postgresql_where=text("failed_reviews > 0")),
        Index("ix_model_replicated_from_id_id", "replicated_from_id", "id"),
        Index("ix_model_approval_document_id", "approval_document_id"),
        Index("ix_model_host_organisation_id_id", "host_organisation_id", "id"),
        Index(
            "ix_model_search_key",
            "search_key",
            postgresql_using="gin",
            postgresql_ops={"search_key": "gin_trgm_ops"},
        ),
    )

    type_id: UUID = Field(foreign_key="model_type.id")
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    name: str = Field(max_length=300)
    state: ModelState = Field(default=ModelState.PROPOSED, sa_type=text_enum(ModelState))
    pilot: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    launched_on: date | None = None
    pledged_on: date | None = None
    households: int | None = None
    residents: int | None = None
    groups: int | None = None
    host_organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id")
    replicated_from_id: UUID | None = Field(default=None, foreign_key="model.id")
    approval_document_id: UUID | None = None
    last_active_on: date | None = None
    failed_reviews: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    # the days on which it was at work, as the steps of its life tell
    at_work: Any = Field(
        default_factory=empty_list,
        sa_column=Column(DATEMULTIRANGE, nullable=False, server_default=text("'{}'")),
    )
    source: str = Field(max_length=100)
    reference: str | None = Field(default=None, max_length=100)
    search_key: str


class ModelHost(Row, UnitScoped, table=True):
    """A unit that hosts a model; a model that spans several units counts once."""

    __tablename__ = "model_host"
    __table_args__ = (
        Index("uq_model_host_model_id_unit_id", "model_id", "unit_id", unique=True),
        Index("ix_model_host_unit_id_model_id", "unit_id", "model_id"),
        Index("ix_model_host_province_id_model_id", "province_id", "model_id"),
        Index("ix_model_host_district_id_model_id", "district_id", "model_id"),
        Index("ix_model_host_commune_id_model_id", "commune_id", "model_id"),
        Index("ix_model_host_village_id_model_id", "village_id", "model_id"),
    )

    model_id: UUID = Field(foreign_key="model.id", ondelete="CASCADE")
    unit_id: UUID = Field(foreign_key="unit.id")
