"""Shapes of teams, members and size rules."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, or_, select

from app.db.aliases import alias_table
from app.db.query.shape import Caller, Field, Filter, Order, Row, Shape, columns, is_one_of
from app.db.tables.forces import Team, TeamEquipment, TeamSizeRule
from app.db.tables.team_members import (
    ServiceRating,
    TeamMember,
    TeamRole,
    TeamTerm,
    Training,
)
from app.db.vietnamese import like_pattern
from app.domain.actor import Permission
from app.domain.forces import states
from app.domain.records.actions import actions
from app.domain.records.shape import (
    BY_NAME,
    EITHER_END,
    FIRST,
    LOGGED,
    NEWEST,
    choices,
    holds_on,
    last_day,
    parent,
    part,
    quantities,
    ranges,
    transitions,
)
from app.domain.scope import BY_PLACE, EVERYBODY
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN


def _people(team: Row) -> Any:
    """Count the members of a team; for a counted team, return the stated number."""
    member: Row = alias_table(TeamMember)
    there = or_(*(member.state == state for state in states.COUNTED))
    found = select(func.count()).where(member.team_id == team.id, there, member.voided_at.is_(None))
    counted = found.correlate(team).scalar_subquery()
    return func.coalesce(func.nullif(counted, 0), team.counted_size)


def _has_leader(team: Row) -> Any:
    term: Row = alias_table(TeamTerm)
    leads = select(term.id).where(
        term.team_id == team.id, term.role == TeamRole.LEADER,
        term.since <= func.today(), term.until > func.today(), term.voided_at.is_(None),
    )  # fmt: skip
    return leads.correlate(team).exists()


def _bound(team: Row, name: str) -> Any:
    """Select the size rule of a team's province that is in force today."""
    rule: Row = alias_table(TeamSizeRule)
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


def _has_served(member: Row, day: Any, role: TeamRole | None = None) -> Any:
    term: Row = alias_table(TeamTerm)
    during = (term.since <= day, term.until > day, term.voided_at.is_(None))
    served = select(term.member_id).where(*during)
    return member.id.in_(served.where(term.role == role) if role else served)


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
    fields=columns(TeamTerm, "role since") | {"until": last_day("until")},
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


def _team_stands(member: Row, caller: Caller) -> Any:
    team: Row = alias_table(Team)
    stands = select(team.id).where(
        team.id == member.team_id, is_one_of(team.state, states.STANDING)
    )
    return stands.correlate(member).exists()


TEAM: Shape = Shape(
    name="Team",
    table=Team,
    needs=Permission.TEAM_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END | BY_NAME,
    fields=columns(
        Team,
        "id version kind name unit_id decision state established_on dissolved_on counted_size "
        f"source reference {LOGGED}",
    )
    | {
        "size": Field(_people, int | None),
        "has_leader": Field(_has_leader, bool),
        "size_rule": Field(_size_rule, states.SizeFlag),
    }
    | actions(states.TEAM_LIFE, Permission.TEAM_TRANSITION),
    links={
        "unit": OWN_UNIT,
        "equipment": part(EQUIPMENT, "team_id"),
        "members": part(lambda: MEMBER, "team_id"),
        "quantities": quantities(),
        "transitions": transitions(),
    },
    filters={
        **choices(Team, "kind state"),
        **ranges(Team, "established_on"),
        "unit": WITHIN,
        **choices(Team, "reference"),
        "has_leader": Filter(bool, test=lambda team, wanted, given: _has_leader(team) == wanted),
        "size_rule": Filter(
            states.SizeFlag, test=lambda team, flag, given: _size_rule(team) == flag
        ),
        "search": Filter(
            str, test=lambda team, name, given: team.search_key.like(name), reads=like_pattern,
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
    orders=EITHER_END,
    fields=columns(
        TeamMember,
        f"id version team_id unit_id name role state origin_force size_rule_id {LOGGED}",
    )
    | actions(
        states.MEMBERSHIP, Permission.TEAM_MEMBER_WRITE,
        conditions={"recognise": _team_stands, "begin": _team_stands},
    ),
    links={
        "team": parent(TEAM, "team_id"),
        "terms": part(TERM, "member_id"),
        "training": part(TRAINING, "member_id"),
        "ratings": part(RATING, "member_id"),
        "size_rule": parent(lambda: SIZE_RULE, "size_rule_id"),
        "transitions": transitions(),
    },
    filters={
        **choices(TeamMember, "team_id state role origin_force"),
        "serving_on": Filter(
            date,
            test=lambda member, day, given: _has_served(member, day),
        ),
        "leading_on": Filter(
            date, test=lambda member, day, given: _has_served(member, day, TeamRole.LEADER),
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
        f"id version unit_id kind least most deputies valid_from basis certainty {LOGGED}",
    )
    | {"valid_to": last_day("valid_to")},
    links={"unit": OWN_UNIT},
    filters={
        **choices(TeamSizeRule, "unit_id kind"),
        "on": Filter(date, test=holds_on),
    },
)  # fmt: skip
