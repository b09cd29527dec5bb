"""Forces: teams and groups, who serves in them and how, rules of their size, committees."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlmodel import Field

from app.db.base import FOR_EVER, Placed, Row, text_enum
from app.db.tables.calendars import Certainty

SEEN_BY = ("province_id", "district_id", "commune_id", "village_id")


class TeamKind(StrEnum):
    """What a team or group is there for."""

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
    """How far a team has come."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    ESTABLISHED = "established"
    OPERATING = "operating"
    REORGANISED = "reorganised"
    DISSOLVED = "dissolved"


class Team(Row, Placed, table=True):
    """A team or group of people who keep their place safe."""

    __tablename__ = "team"
    __table_args__ = (
        CheckConstraint(
            "(state IN ('proposed', 'declined')) = (established_on IS NULL)",
            name="established_has_date",
        ),
        CheckConstraint(
            "(state = 'dissolved') = (dissolved_on IS NOT NULL)", name="dissolved_has_date"
        ),
        CheckConstraint("dissolved_on >= established_on", name="ends_after_it_begins"),
        CheckConstraint("counted_size >= 0", name="size_is_not_negative"),
        Index("uq_team_source_reference", "source", "reference", unique=True),
        Index("ix_team_kind_id", "kind", "id"),
        Index("ix_team_state_id", "state", "id"),
        Index("ix_team_unit_id_id", "unit_id", "id"),
        *(Index(f"ix_team_{place}_id", place, "id") for place in SEEN_BY),
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
    """What state equipment is in."""

    GOOD = "good"
    WORN = "worn"
    BROKEN = "broken"


class TeamEquipment(Row, table=True):
    """How many of one thing a team has, in one condition."""

    __tablename__ = "team_equipment"
    __table_args__ = (
        CheckConstraint("count > 0", name="there_is_some"),
        Index("uq_team_equipment_one_line", "team_id", "kind", "condition", unique=True),
    )

    team_id: UUID = Field(foreign_key="team.id", ondelete="CASCADE")
    kind: str = Field(max_length=100)
    condition: Condition = Field(sa_type=text_enum(Condition))
    count: int


class TeamRole(StrEnum):
    """What somebody is in a team."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


class MemberState(StrEnum):
    """How far somebody has come in a team."""

    APPLIED = "applied"
    SELECTED = "selected"
    RECOGNISED = "recognised"
    ACTIVE = "active"
    RESIGNED = "resigned"
    REMOVED = "removed"
    ENDED = "ended"


class OriginForce(StrEnum):
    """In which force somebody served before."""

    PART_TIME_COMMUNE_POLICE = "part_time_commune_police"
    CIVIL_DEFENCE = "civil_defence"
    WARD_GUARD = "ward_guard"
    OTHER_GROUP = "other_group"
    NONE = "none"


class TeamMember(Row, Placed, table=True):
    """Somebody in a team, by the name he is called; an application that failed keeps no name."""

    __tablename__ = "team_member"
    __table_args__ = (
        CheckConstraint("name IS NOT NULL OR state = 'ended'", name="only_the_gone_have_no_name"),
        Index("ix_team_member_team_id_id", "team_id", "id"),
        *(Index(f"ix_team_member_{place}_id", place, "id") for place in SEEN_BY),
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
    """What somebody was in a team, from one day until another; a team has one leader a day."""

    __tablename__ = "team_term"
    __table_args__ = (
        CheckConstraint("since <= until", name="ends_after_it_begins"),
        ExcludeConstraint(
            ("team_id", "="),
            (text("daterange(since, until)"), "&&"),
            name="one_leader_a_day",
            using="gist",
            where=text("role = 'leader'"),
        ),
        ExcludeConstraint(
            ("member_id", "="),
            (text("daterange(since, until)"), "&&"),
            name="one_role_a_day",
            using="gist",
        ),
        Index("ix_team_term_member_id", "member_id"),
        Index("ix_team_term_team_id", "team_id"),
    )

    team_id: UUID = Field(foreign_key="team.id")
    member_id: UUID = Field(foreign_key="team_member.id", ondelete="CASCADE")
    role: TeamRole = Field(sa_type=text_enum(TeamRole))
    since: date
    until: date = FOR_EVER


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
    """How the law rates a year of service."""

    EXCELLENT = "excellent"
    GOOD = "good"
    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"


class RatingTerms(Row, table=True):
    """On which terms service is rated: the window of a year, and who has served long enough."""

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
    """The yearly rating of a member's service that the law asks for; nothing else is rated."""

    __tablename__ = "service_rating"
    __table_args__ = (Index("uq_service_rating_yearly", "member_id", "year", unique=True),)

    member_id: UUID = Field(foreign_key="team_member.id", ondelete="CASCADE")
    year: int
    level: ServiceLevel = Field(sa_type=text_enum(ServiceLevel))
    window_from: date
    window_to: date
    basis: str = Field(max_length=300)


class TeamSizeRule(Row, table=True):
    """How many a team of one kind has in one province, from one day until another."""

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
    valid_to: date = FOR_EVER
    basis: str = Field(max_length=300)
    certainty: Certainty = Field(sa_type=text_enum(Certainty))


class CommitteeScope(StrEnum):
    """What a committee steers."""

    CRIME_138 = "crime_138"
    MOVEMENT = "movement"
    MODEL = "model"


class CommitteeState(StrEnum):
    """How far a committee has come."""

    ESTABLISHED = "established"
    REORGANISED = "reorganised"
    DISSOLVED = "dissolved"


class Committee(Row, Placed, table=True):
    """A steering committee of a unit: its chair is a position, never a person."""

    __tablename__ = "committee"
    __table_args__ = (
        CheckConstraint("(scope = 'model') = (model_code IS NOT NULL)", name="of_one_model"),
        CheckConstraint("size >= 1", name="has_members"),
        CheckConstraint("since >= established_on", name="made_up_after_it_begins"),
        CheckConstraint(
            "(state = 'dissolved') = (dissolved_on IS NOT NULL)", name="dissolved_has_date"
        ),
        CheckConstraint("dissolved_on >= since", name="ends_after_it_begins"),
        Index("ix_committee_scope_id", "scope", "id"),
        Index("ix_committee_state_id", "state", "id"),
        Index("ix_committee_unit_id_id", "unit_id", "id"),
        Index("ix_committee_code_id", "code", "id"),
        *(Index(f"ix_committee_{place}_id", place, "id") for place in SEEN_BY),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    scope: CommitteeScope = Field(sa_type=text_enum(CommitteeScope))
    model_code: str | None = Field(default=None, max_length=60)
    code: str | None = Field(default=None, max_length=60)
    name: str = Field(max_length=300)
    chair_position: str = Field(max_length=200)
    size: int
    decision: str | None = Field(default=None, max_length=200)
    state: CommitteeState = Field(
        default=CommitteeState.ESTABLISHED, sa_type=text_enum(CommitteeState)
    )
    established_on: date
    since: date  # when it was made up as it is
    dissolved_on: date | None = None


class FormerCommittee(Row, table=True):
    """How a committee was made up before it was reorganised."""

    __tablename__ = "former_committee"
    __table_args__ = (
        CheckConstraint("since <= until", name="ends_after_it_begins"),
        Index("ix_former_committee_committee_id", "committee_id"),
    )

    committee_id: UUID = Field(foreign_key="committee.id", ondelete="CASCADE")
    chair_position: str = Field(max_length=200)
    size: int
    decision: str | None = Field(default=None, max_length=200)
    since: date
    until: date
