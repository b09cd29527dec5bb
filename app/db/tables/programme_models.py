"""Programme models: what kinds there are, where each is at work, and since when."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, Text
from sqlmodel import Field

from app.db.base import Placed, Row, text_enum


class HostKind(StrEnum):
    """What a model of this type is hosted by."""

    TERRITORY = "territory"
    ORGANISATION = "organisation"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    CLAN = "clan"
    RELIGIOUS_COMMUNITY = "religious_community"
    ONLINE = "online"
    CROSS_TERRITORY = "cross_territory"


class ModelState(StrEnum):
    """How far a model has come."""

    PROPOSED = "proposed"
    LAUNCHED = "launched"


class ModelType(Row, table=True):
    """A kind of programme model, known by one name throughout the country."""

    __tablename__ = "model_type"
    __table_args__ = (Index("ix_model_type_sort_key_id", "sort_key", "id"),)

    code: str = Field(max_length=60, unique=True)
    name: str = Field(max_length=300)
    host_kind: HostKind = Field(sa_type=text_enum(HostKind))
    description: str | None = None
    sort_key: str = Field(sa_column=Column(Text(collation="C"), nullable=False))
    search_key: str


class ProgrammeModel(Row, Placed, table=True):
    """A model at work at one place, or across several; the field calls it a site (điểm)."""

    __tablename__ = "model"
    __table_args__ = (
        CheckConstraint("(state = 'proposed') = (launched_on IS NULL)", name="launched_has_date"),
        CheckConstraint("households >= 0 AND residents >= 0", name="counts_are_not_negative"),
        Index("uq_model_source_reference", "source", "reference", unique=True),
        Index("ix_model_type_id_id", "type_id", "id"),
        Index("ix_model_state_id", "state", "id"),
        Index("ix_model_launched_on_id", "launched_on", "id"),
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
    launched_on: date | None = None
    households: int | None = None
    residents: int | None = None
    source: str = Field(max_length=100)
    reference: str | None = Field(default=None, max_length=100)
    search_key: str


class ModelHost(Row, Placed, table=True):
    """A unit that a model is at work in; a model that spans several units counts once."""

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
