"""Forces: teams and groups, what they have, and rules of their size."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from app.db.base import (
    INFINITY,
    PLACE,
    STANDS,
    NameAndOrder,
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    name_index,
    place_index,
    text_enum,
    unique_name,
    voided_check,
)
from app.db.tables.calendars import Certainty


class TeamKind(StrEnum):
    """Purpose of a team or group."""

    PROTECTION_TEAM = "protection_team"
    PEOPLE_SECURITY_GROUP = "people_security_group"
    MEDIATION_GROUP = "mediation_group"
    SELF_MANAGED_GROUP = "self_managed_group"
    CIVIL_DEFENCE = "civil_defence"
    WARD_GUARD = "ward_guard"
    YOUTH_SHOCK = "youth_shock"
    PATROL_GROUP = "patrol_group"
    CORE_GROUP = "core_group"


class TeamState(StrEnum):
    """State of a team."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    ESTABLISHED = "established"
    OPERATING = "operating"
    REORGANISED = "reorganised"
    DISSOLVED = "dissolved"


STANDING = "state NOT IN ('declined', 'dissolved')"


class Team(Row, NameAndOrder, UnitScoped, Voidable, table=True):
    """A team or group of people for the safety of their place."""

    __tablename__ = "team"
    __table_args__ = (
        voided_check(),
        CheckConstraint(
            "(state IN ('proposed', 'declined')) = (established_on IS NULL)",
            name="established_has_date",
        ),
        CheckConstraint(
            "(state = 'dissolved') = (dissolved_on IS NOT NULL)", name="dissolved_has_date"
        ),
        CheckConstraint("dissolved_on >= established_on", name="ends_after_it_begins"),
        CheckConstraint("counted_size >= 0", name="size_is_not_negative"),
        Index(
            "uq_team_source_reference", "source", "reference", unique=True, postgresql_where=STANDS
        ),
        name_index("team"),
        changed_index("team"),
        unique_name("team", "unit_id kind", where=STANDING),
        Index("ix_team_kind_id", "kind", "id"),
        Index("ix_team_state_id", "state", "id"),
        Index("ix_team_established_on_id", "established_on", "id"),
        Index(
            "ix_team_unit_id_id",
            "unit_id",
            "id",
            postgresql_include=["kind", "established_on", "dissolved_on", "voided_at"],
        ),
        *(place_index("team", place, voidable=True) for place in PLACE),
        Index(
            "ix_team_search_key",
            "search_key",
            postgresql_using="gin",
            postgresql_ops={"search_key": "gin_trgm_ops"},
        ),
    )

    kind: TeamKind = Field(sa_type=text_enum(TeamKind))
    unit_id: UUID = Field(foreign_key="unit.id")
    name: str = Field(max_length=300)
    decision: str | None = Field(default=None, max_length=200)
    state: TeamState = Field(default=TeamState.PROPOSED, sa_type=text_enum(TeamState))
    established_on: date | None = None
    dissolved_on: date | None = None
    counted_size: int | None = None  # of a group of which only the number is known
    source: str = Field(max_length=100)
    reference: str | None = Field(default=None, max_length=100)
    search_key: str


class Condition(StrEnum):
    """Condition of equipment."""

    GOOD = "good"
    WORN = "worn"
    BROKEN = "broken"


class TeamEquipment(Row, table=True):
    """Number of items of one kind and condition that a team has."""

    __tablename__ = "team_equipment"
    __table_args__ = (
        CheckConstraint("count > 0", name="there_is_some"),
        Index("uq_team_equipment_one_line", "team_id", "kind", "condition", unique=True),
    )

    team_id: UUID = Field(foreign_key="team.id", ondelete="CASCADE")
    kind: str = Field(max_length=100)
    condition: Condition = Field(sa_type=text_enum(Condition))
    count: int


class TeamSizeRule(Row, table=True):
    """Minimum and maximum size of a kind of team in one province, for a period."""

    __tablename__ = "team_size_rule"
    __table_args__ = (
        CheckConstraint("least >= 1 AND least <= most", name="least_is_not_above_most"),
        CheckConstraint("deputies >= 0 AND deputies < most", name="deputies_are_members"),
        CheckConstraint("valid_from <= valid_to", name="ends_after_it_begins"),
        ExcludeConstraint(
            ("unit_id", "="),
            ("kind", "="),
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="one_rule_a_day",
            using="gist",
        ),
        Index("ix_team_size_rule_unit_id_kind", "unit_id", "kind"),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    kind: TeamKind = Field(sa_type=text_enum(TeamKind))
    least: int
    most: int
    deputies: int
    valid_from: date
    valid_to: date = INFINITY
    basis: str = Field(max_length=300)
    certainty: Certainty = Field(sa_type=text_enum(Certainty))
