"""Team members: roles and terms, training, statutory ratings."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from app.db.base import (
    INFINITY,
    PLACE,
    TIME,
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    place_index,
    text_enum,
    voided_check,
)
from app.db.tables.calendars import Certainty


class TeamRole(StrEnum):
    """Role of a member in a team."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


class MemberState(StrEnum):
    """State of a team member."""

    APPLIED = "applied"
    SELECTED = "selected"
    RECOGNISED = "recognised"
    ACTIVE = "active"
    RESIGNED = "resigned"
    REMOVED = "removed"
    ENDED = "ended"


class OriginForce(StrEnum):
    """Force in which a member served before."""

    PART_TIME_COMMUNE_POLICE = "part_time_commune_police"
    CIVIL_DEFENCE = "civil_defence"
    WARD_GUARD = "ward_guard"
    OTHER_GROUP = "other_group"
    NONE = "none"


class TeamMember(Row, UnitScoped, Voidable, table=True):
    """A team member, by name; a rejected application stores no name."""

    __tablename__ = "team_member"
    __table_args__ = (
        voided_check(),
        CheckConstraint("name IS NOT NULL OR state = 'ended'", name="only_the_gone_have_no_name"),
        changed_index("team_member"),
        Index("ix_team_member_team_id_id", "team_id", "id"),
        Index("ix_team_member_origin_force_id", "origin_force", "id"),
        *(place_index("team_member", place, voidable=True) for place in PLACE),
    )

    team_id: UUID = Field(foreign_key="team.id")
    unit_id: UUID = Field(foreign_key="unit.id", index=True)
    name: str | None = Field(default=None, max_length=100)
    role: TeamRole = Field(default=TeamRole.MEMBER, sa_type=text_enum(TeamRole))
    state: MemberState = Field(default=MemberState.APPLIED, sa_type=text_enum(MemberState))
    origin_force: OriginForce | None = Field(
        default=None, sa_type=text_enum(OriginForce), nullable=True
    )
    size_rule_id: UUID | None = Field(default=None, foreign_key="team_size_rule.id")


class TeamTerm(Row, table=True):
    """The role of a member for a period; a team has one leader on any day."""

    __tablename__ = "team_term"
    __table_args__ = (
        CheckConstraint("since <= until", name="ends_after_it_begins"),
        ExcludeConstraint(
            ("team_id", "="),
            (text("daterange(since, until)"), "&&"),
            name="one_leader_a_day",
            using="gist",
            where=text("role = 'leader' AND voided_at IS NULL"),
        ),
        ExcludeConstraint(
            ("member_id", "="),
            (text("daterange(since, until)"), "&&"),
            name="one_role_a_day",
            using="gist",
        ),
        Index("ix_team_term_member_id", "member_id"),
        Index(
            "ix_team_term_team_id",
            "team_id",
            postgresql_include=["since", "until", "voided_at"],
        ),
    )

    team_id: UUID = Field(foreign_key="team.id")
    member_id: UUID = Field(foreign_key="team_member.id", ondelete="CASCADE")
    role: TeamRole = Field(sa_type=text_enum(TeamRole))
    since: date
    until: date = INFINITY
    voided_at: datetime | None = Field(default=None, sa_type=TIME)  # with the member


class Training(Row, table=True):
    """A course that a member of a team has taken."""

    __tablename__ = "team_training"
    __table_args__ = (
        CheckConstraint("days > 0", name="lasts"),
        Index("uq_team_training_once", "member_id", "course", "held_on", unique=True),
    )

    member_id: UUID = Field(foreign_key="team_member.id", ondelete="CASCADE")
    course: str = Field(max_length=200)
    days: int
    held_on: date


class ServiceLevel(StrEnum):
    """Statutory rating of a year of service."""

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"


class RatingTerms(Row, table=True):
    """Terms of rating: the window of a year and the minimum service."""

    __tablename__ = "rating_terms"

    first_year: int = Field(unique=True)  # until the first year of the next terms
    begin_month: int  # of the year before
    begin_day: int
    end_month: int
    end_day: int
    least_months: int
    basis: str = Field(max_length=300)
    certainty: Certainty = Field(sa_type=text_enum(Certainty))


class ServiceRating(Row, table=True):
    """The statutory yearly rating of a member's service; nothing else is rated."""

    __tablename__ = "service_rating"
    __table_args__ = (Index("uq_service_rating_yearly", "member_id", "year", unique=True),)

    member_id: UUID = Field(foreign_key="team_member.id", ondelete="CASCADE")
    year: int
    level: ServiceLevel = Field(sa_type=text_enum(ServiceLevel))
    window_from: date
    window_to: date
    basis: str = Field(max_length=300)
