"""What can be read of teams, of who is in them, and of rules of size."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, literal_column, or_, select
from sqlalchemy.orm import aliased

from app.db.shape import CHOICE, RANGE, Field, Filter, Given, Link, Order, Row, Shape, Test, columns
from app.db.tables.forces import Team, TeamEquipment, TeamKind, TeamSizeRule, TeamState
from app.db.tables.team_members import (
    MemberState,
    ServiceRating,
    TeamMember,
    TeamRole,
    TeamTerm,
    Training,
)
from app.db.vietnamese import like_pattern
from app.domain.actor import Permission
from app.domain.forces import states
from app.domain.records.shape import allowed_actions, transitions
from app.domain.scope import BY_PLACE, EVERYBODY
from app.domain.units.shape import MAP_OF, UNIT

NEWEST = {"newest": Order(lambda row: [row.id], descending=True)}
FIRST = {"first": Order(lambda row: [row.id])}
OWN_UNIT = Link(lambda: UNIT, lambda row, unit, given: unit.id == row.unit_id, follows_parent=True)
ACCOUNTED = "created_at created_by changed_at changed_by"


def _end(row: Row, name: str) -> Any:
    return func.nullif(getattr(row, name), literal_column("'infinity'::date"))


def _people(team: Row) -> Any:
    """Who is recognised in a team or serves in it; of a counted one the number that was told."""
    member: Row = aliased(TeamMember)
    there = or_(*(member.state == state for state in states.COUNTED))
    found = select(func.count()).where(member.team_id == team.id, there).correlate(team)
    return func.coalesce(func.nullif(found.scalar_subquery(), 0), team.counted_size)


def _has_leader(team: Row) -> Any:
    term: Row = aliased(TeamTerm)
    leads = select(term.id).where(
        term.team_id == team.id, term.role == TeamRole.LEADER,
        term.since <= func.today(), term.until > func.today(),
    )  # fmt: skip
    return leads.correlate(team).exists()


def _bound(team: Row, name: str) -> Any:
    """What the rule of the province in which a team lies says today."""
    rule: Row = aliased(TeamSizeRule)
    found = select(getattr(rule, name)).where(
        rule.unit_id == team.province_id, rule.kind == team.kind,
        rule.valid_from <= func.today(), rule.valid_to > func.today(),
    )  # fmt: skip
    return found.correlate(team).scalar_subquery()


def _size_rule(team: Row) -> Any:
    people = func.coalesce(_people(team), 0)
    return case(
        (_bound(team, "id").is_(None), states.SizeFlag.NONE.value),
        (people < _bound(team, "least"), states.SizeFlag.UNDER.value),
        (people > _bound(team, "most"), states.SizeFlag.OVER.value),
        else_=states.SizeFlag.KEPT.value,
    )


def _within(row: Row, wanted: Any, given: Given) -> Test:
    """What lies in a unit on today's map, or was entered for a unit below it on the day."""
    unit = func.unit_ref(wanted, given["as_of"])
    below = select(func.unit_descendants(unit, "administrative", given["as_of"]))
    places = (row.province_id, row.district_id, row.commune_id, row.village_id)
    return or_(row.unit_id.in_(below), *(place == unit for place in places))


def _served(member: Row, day: Any, role: TeamRole | None = None) -> Any:
    term: Row = aliased(TeamTerm)
    served = select(term.member_id).where(term.since <= day, term.until > day)
    return member.id.in_(served.where(term.role == role) if role else served)


WITHIN = Filter(str, test=_within, doc="of this unit or below it; named by id or by code")

EQUIPMENT = Shape(
    name="TeamEquipment",
    table=TeamEquipment,
    needs=Permission.TEAM_READ,
    orders=FIRST,
    fields=columns(TeamEquipment, "kind condition count"),
)
TERM = Shape(
    name="TeamTerm",
    table=TeamTerm,
    needs=Permission.TEAM_MEMBER_READ,
    orders={"first": Order(lambda term: [term.since, term.id])},
    fields=columns(TeamTerm, "role since")
    | {"until": Field(lambda term: _end(term, "until"), date | None)},
)
TRAINING = Shape(
    name="TeamTraining",
    table=Training,
    needs=Permission.TEAM_MEMBER_READ,
    orders={"first": Order(lambda course: [course.held_on, course.id])},
    fields=columns(Training, "course days held_on"),
)
RATING = Shape(
    name="ServiceRating",
    table=ServiceRating,
    needs=Permission.TEAM_MEMBER_READ,
    orders={"latest": Order(lambda rating: [rating.year], descending=True)},
    fields=columns(ServiceRating, "year level window_from window_to basis changed_at changed_by"),
)


def part(shape: Shape, key: str) -> Link:
    """What belongs to a row and to nothing else."""
    return Link(
        lambda: shape, lambda row, part, given: getattr(part, key) == row.id,
        many=True, first=20, most=100, follows_parent=True,
    )  # fmt: skip


TEAM: Shape = Shape(
    name="Team",
    table=Team,
    needs=Permission.TEAM_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST | {"oldest": Order(lambda team: [team.id])},
    fields=columns(
        Team,
        "id version kind name unit_id decision state established_on dissolved_on counted_size "
        f"source reference {ACCOUNTED}",
    )
    | {
        "size": Field(_people, int | None),
        "has_leader": Field(_has_leader, bool),
        "size_rule": Field(_size_rule, states.SizeFlag),
        "allowed_actions": allowed_actions(states.TEAM_LIFE, TeamState),
    },
    links={
        "unit": OWN_UNIT,
        "equipment": part(EQUIPMENT, "team_id"),
        "members": Link(
            lambda: MEMBER, lambda team, member, given: member.team_id == team.id,
            many=True, first=20, most=100, follows_parent=True,
        ),
        "transitions": transitions(),
    },
    filters={
        "kind": Filter(TeamKind, lambda team: team.kind, CHOICE),
        "state": Filter(TeamState, lambda team: team.state, CHOICE),
        "established_on": Filter(date, lambda team: team.established_on, RANGE),
        "unit": WITHIN,
        "reference": Filter(str, lambda team: team.reference, CHOICE),
        "search": Filter(
            str, test=lambda team, name, given: team.search_key.like(name),
            doc="part of a name, with or without accents", reads=like_pattern,
        ),
    },
)  # fmt: skip

MEMBER: Shape = Shape(
    name="TeamMember",
    table=TeamMember,
    needs=Permission.TEAM_MEMBER_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        TeamMember,
        f"id version team_id unit_id name role state origin_force size_rule_id {ACCOUNTED}",
    )
    | {"allowed_actions": allowed_actions(states.MEMBERSHIP, MemberState)},
    links={
        "team": Link(
            lambda: TEAM, lambda member, team, given: team.id == member.team_id, follows_parent=True
        ),
        "terms": part(TERM, "member_id"),
        "training": part(TRAINING, "member_id"),
        "ratings": part(RATING, "member_id"),
        "size_rule": Link(
            lambda: SIZE_RULE, lambda member, rule, given: rule.id == member.size_rule_id,
            follows_parent=True,
        ),
        "transitions": transitions(),
    },
    filters={
        "team_id": Filter(UUID, lambda member: member.team_id, CHOICE),
        "state": Filter(MemberState, lambda member: member.state, CHOICE),
        "role": Filter(TeamRole, lambda member: member.role, CHOICE),
        "serving_on": Filter(
            date, test=lambda member, day, given: _served(member, day), doc="in any role, that day"
        ),
        "leading_on": Filter(
            date, test=lambda member, day, given: _served(member, day, TeamRole.LEADER),
            doc="as the leader, that day",
        ),
    },
)  # fmt: skip

SIZE_RULE: Shape = Shape(
    name="TeamSizeRule",
    table=TeamSizeRule,
    needs=Permission.TEAM_READ,
    scope=EVERYBODY,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        TeamSizeRule,
        f"id version unit_id kind least most deputies valid_from basis certainty {ACCOUNTED}",
    )
    | {"valid_to": Field(lambda rule: _end(rule, "valid_to"), date | None)},
    links={"unit": OWN_UNIT},
    filters={
        "unit_id": Filter(UUID, lambda rule: rule.unit_id, CHOICE),
        "kind": Filter(TeamKind, lambda rule: rule.kind, CHOICE),
        "on": Filter(
            date, test=lambda rule, day, given: (rule.valid_from <= day) & (rule.valid_to > day),
            doc="in force that day",
        ),
    },
)  # fmt: skip
