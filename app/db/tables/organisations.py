"""Organisations that host models: agencies, schools, clans and others; their identifiers."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.db.base import (
    INFINITY,
    NameAndOrder,
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    name_index,
    place_indexes,
    search_index,
    text_enum,
    unique_name,
    voided_check,
)


class OrganisationKind(StrEnum):
    """Kind of an organisation."""

    AGENCY = "agency"
    ENTERPRISE = "enterprise"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    PARISH = "parish"
    CLAN = "clan"
    LODGING = "lodging"
    CAMERA_GROUP = "camera_group"
    MASS_ORGANISATION = "mass_organisation"
    OTHER = "other"  # of hosts that were recorded by name alone


class OrganisationState(StrEnum):
    """State of an organisation."""

    ACTIVE = "active"
    CLOSED = "closed"


class IdentifierSystem(StrEnum):
    """System that gives identifiers to organisations."""

    EID = "eid"  # QĐ 20/2020/QĐ-TTg
    QCVN_102 = "qcvn_102"  # the earlier form of identifiers, in full or short
    BUSINESS_REGISTRATION = "business_registration"


class Organisation(Row, NameAndOrder, UnitScoped, Voidable, table=True):
    """An organisation of a unit; persons and their contacts are never part of it."""

    __tablename__ = "organisation"
    __table_args__ = place_indexes(
        "organisation",
        voided_check(),
        CheckConstraint("(state = 'closed') = (active_to IS NOT NULL)", name="closed_has_date"),
        CheckConstraint("active_from <= active_to", name="closes_after_it_begins"),
        Index("ix_organisation_kind_id", "kind", "id"),
        Index("ix_organisation_state_id", "state", "id"),
        Index("ix_organisation_active_from_id", "active_from", "id"),
        name_index("organisation"),
        changed_index("organisation"),
        unique_name("organisation", "unit_id kind", where="state = 'active'"),
        search_index("organisation"),
        voidable=True,
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    kind: OrganisationKind = Field(sa_type=text_enum(OrganisationKind))
    name: str = Field(max_length=300)
    state: OrganisationState = Field(
        default=OrganisationState.ACTIVE, sa_type=text_enum(OrganisationState)
    )
    active_from: date | None = None
    active_to: date | None = None  # the first day on which it is closed
    source: str | None = Field(default=None, max_length=300)
    search_key: str


class OrganisationIdentifier(Row, table=True):
    """An identifier of an organisation, from one day until another, which is left out."""

    __tablename__ = "organisation_identifier"
    __table_args__ = (
        CheckConstraint("valid_from < valid_to", name="holds_some_time"),
        Index("ix_organisation_identifier_organisation_id", "organisation_id"),
        Index("ix_organisation_identifier_code_system", "code", "system"),
    )

    organisation_id: UUID = Field(foreign_key="organisation.id", ondelete="CASCADE")
    system: IdentifierSystem = Field(sa_type=text_enum(IdentifierSystem))
    code: str = Field(max_length=40)
    valid_from: date
    valid_to: date = INFINITY
