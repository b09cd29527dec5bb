"""Incidents: what happened, counted in cases and persons, and what an incident is linked to."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Enum, Index, text
from sqlmodel import Field

from app.db.base import (
    TIME,
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    place_indexes,
    text_enum,
    voided_check,
)
from app.db.tables.incident_terms import (
    IncidentForm,
    IncidentRelation,
    IncidentResult,
    IncidentState,
    LinkedResource,
)
from app.db.tables.stated_figures import PeriodPrecision, Qualifier

INVOLVED_QUALIFIER: Any = Enum(  # the second one of its table, so that its CHECK has its own name
    Qualifier, native_enum=False, length=32, create_constraint=True, name="involved_qualifier",
    values_callable=lambda members: [member.value for member in members],
)  # fmt: skip
ONCE = ("unit_id", "category", "period_from", "period_to", "form", "compared_from", "compared_to")


class Incident(Row, UnitScoped, Voidable, table=True):
    """An incident, or the incidents of a period: cases and persons as numbers, never by name."""

    __tablename__ = "incident"
    __table_args__ = place_indexes(
        "incident",
        voided_check(),
        changed_index("incident"),
        CheckConstraint(
            "(incident_qualifier = 'unquantified') = (incident_count IS NULL) AND "
            "(involved_qualifier = 'unquantified') = (involved_count IS NULL)",
            name="unquantified_has_no_number",
        ),
        CheckConstraint(
            "form = 'change' OR (coalesce(incident_count, 0) >= 0 "
            "AND coalesce(involved_count, 0) >= 0)",
            name="only_a_change_is_negative",
        ),
        CheckConstraint("form <> 'single' OR incident_count = 1", name="a_single_one_is_one"),
        CheckConstraint(
            "CASE WHEN precision = 'undated' THEN period_from IS NULL AND period_to IS NULL "
            "ELSE period_from IS NOT NULL AND period_to IS NOT NULL END",
            name="dated_has_both_days",
        ),
        CheckConstraint("period_from <= period_to", name="period_begins_before_it_ends"),
        CheckConstraint("occurred_at IS NULL OR precision = 'day'", name="a_moment_is_of_a_day"),
        CheckConstraint(
            "(compared_from IS NULL) = (compared_to IS NULL) AND compared_from <= compared_to "
            "AND (compared_from IS NULL OR form = 'change')",
            name="a_change_compares",
        ),
        CheckConstraint("deaths >= 0 AND injured >= 0 AND damage >= 0", name="losses_are_numbers"),
        CheckConstraint(
            "(state IN ('resolved', 'closed')) = (result IS NOT NULL)", name="resolved_has_result"
        ),
        Index(
            "uq_incident_summary_once", *ONCE, unique=True, postgresql_nulls_not_distinct=True,
            postgresql_where=text("form <> 'single' AND voided_at IS NULL"),
        ),
        Index("ix_incident_unit_id_category_period_from", "unit_id", "category", "period_from"),
        Index("ix_incident_unit_id_period_to", "unit_id", "period_to"),
        *(Index(f"ix_incident_{name}_id", name, "id")
          for name in ("category", "category_group", "state", "form", "period_from", "period_to",
                       "reference")),
        *(Index(f"ix_incident_{name}_id", name, "id", postgresql_where=text(f"{name} IS NOT NULL"))
          for name in ("reported_on", "result")),
        *(Index(f"ix_incident_{place}_id_{name}_id", f"{place}_id", name, "id")
          for place in ("province", "commune") for name in ("period_from", "state")),
        voidable=True,
    )  # fmt: skip

    unit_id: UUID = Field(foreign_key="unit.id")
    form: IncidentForm = Field(sa_type=text_enum(IncidentForm))
    category: str = Field(max_length=60)
    category_group: str = Field(max_length=60)
    title: str | None = Field(default=None, max_length=300)
    spot: str | None = Field(default=None, max_length=200)
    incident_count: int | None = None
    incident_qualifier: Qualifier = Field(sa_type=text_enum(Qualifier))
    involved_count: int | None = None
    involved_qualifier: Qualifier = Field(sa_type=INVOLVED_QUALIFIER)
    deaths: int | None = None
    injured: int | None = None
    damage: int | None = None  # in millions of dong
    precision: PeriodPrecision = Field(sa_type=text_enum(PeriodPrecision))
    period_from: date | None = None
    period_to: date | None = None  # the last day of it
    period_text: str | None = Field(default=None, max_length=100)
    occurred_at: datetime | None = Field(default=None, sa_type=TIME)
    compared_from: date | None = None
    compared_to: date | None = None
    reported_on: date | None = None
    state: IncidentState = Field(sa_type=text_enum(IncidentState))
    result: IncidentResult | None = Field(default=None, sa_type=text_enum(IncidentResult))
    source: str | None = Field(default=None, max_length=300)
    reference: str | None = Field(default=None, max_length=100)
    entry_digest: str | None = Field(default=None, max_length=64)  # of what a client sent first


class IncidentLink(Row, table=True):
    """A link from an incident to another record; it leaves the incident as it is."""

    __tablename__ = "incident_link"
    __table_args__ = (
        CheckConstraint(
            "(relation IN ('caused_by', 'same_as', 'follows')) = (resource = 'incident') "
            "AND (relation = 'reported_by') = (resource = 'tip')",
            name="relation_fits_resource",
        ),
        CheckConstraint("other_id <> incident_id", name="never_to_itself"),
        Index("uq_incident_link_once", "incident_id", "relation", "other_id", unique=True),
        Index("ix_incident_link_other_id_id", "other_id", "id"),
        Index("ix_incident_link_incident_id_id", "incident_id", "id"),
    )

    incident_id: UUID = Field(foreign_key="incident.id", ondelete="CASCADE")
    relation: IncidentRelation = Field(sa_type=text_enum(IncidentRelation))
    resource: LinkedResource = Field(sa_type=text_enum(LinkedResource))
    other_id: UUID
