"""Teams, their members and committees, in the matrix."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.calendars import Certainty
from app.db.tables.committees import Committee, CommitteeScope
from app.db.tables.forces import Team, TeamKind, TeamSizeRule, TeamState
from app.db.tables.team_members import MemberState, TeamMember, TeamRole, TeamTerm
from app.domain.forces import queries, size_rules
from app.domain.units.rules import plan_hash
from tests.matrix.makers import Make, in_unit, put
from tests.matrix.recipe import About, Recipe, Request, ask_within, new, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

BEGUN = date(2024, 7, 1)


async def team(session: Session, unit: UUID, **more: Any) -> UUID:
    row = Team(
        kind=TeamKind.PROTECTION_TEAM, unit_id=unit, name="Tổ", source="giver", search_key="to",
        **more,
    )  # fmt: skip
    return await put(session, row)


async def member(session: Session, unit: UUID) -> UUID:
    """Somebody who would join a team."""
    of = await team(session, unit)
    return await put(session, TeamMember(team_id=of, unit_id=unit, name="Người"))


async def serving(session: Session, unit: UUID) -> UUID:
    """Somebody who is in a team."""
    of = await team(session, unit, state=TeamState.ESTABLISHED, established_on=BEGUN)
    state = MemberState.ACTIVE
    row = TeamMember(team_id=of, unit_id=unit, name="Người", state=state)
    id = await put(session, row)
    term = TeamTerm(team_id=of, member_id=id, role=TeamRole.MEMBER, since=BEGUN)
    await put(session, term)
    return id


async def size_rule(session: Session, province: UUID, day: date) -> UUID:
    row = TeamSizeRule(
        unit_id=province, kind=TeamKind.YOUTH_SHOCK, least=1, most=9, deputies=1, valid_from=day,
        valid_to=day + timedelta(days=1), basis="x", certainty=Certainty.PROJECTED,
    )  # fmt: skip
    return await put(session, row)


async def committee(session: Session, unit: UUID) -> UUID:
    row = Committee(
        unit_id=unit, scope=CommitteeScope.CRIME_138, name="BCĐ", chair_position="Chủ tịch",
        size=9, established_on=BEGUN, since=BEGUN,
    )  # fmt: skip
    return await put(session, row)


async def _make_size_rule(scenario: "Scenario", session: Session, path: str) -> UUID:
    """A rule of one day, of the province in which the unit lies."""
    return await size_rule(session, scenario.country[path[:1] or "1"], scenario.day())


def _size_rule(about: About) -> Request:
    """A rule for the province in which the unit lies, each later than the one before."""
    rule = {"kind": "patrol_group", "least": 1, "most": 9, "deputies": 1, "basis": "x"}
    province = str(about.scenario.country["1"])
    since = about.scenario.day().isoformat()
    return Request(data={**rule, "province": province, "valid_from": since})


def _of_team(about: About) -> Request:
    path = {"id": about.target_id, "team_id": about.target_id}
    return Request(path, data={"name": "Người thứ nhất"})


def _move_member(about: About) -> Request:
    if about.line.case == "to remove":
        return one(action="remove", reason="Vi phạm")(about)
    return one(action="select")(about)


TEAM = {"kind": "protection_team", "unit": "@", "name": "*"}
COMMITTEE = {
    "unit": "@", "scope": "movement", "name": "*", "chair_position": "Chủ tịch", "size": 9,
    "established_on": "2021-07-15",
}  # fmt: skip

RECIPES: dict[str, Recipe] = {
    "POST /api/v1/teams": new(**TEAM),
    "POST /api/v1/teams/bulk": new(teams=[TEAM]),
    "PATCH /api/v1/teams/{id}": one(decision="7/QĐ-UBND"),
    "POST /api/v1/teams/{id}/equipment": one(kind="đèn", count=2),
    "POST /api/v1/teams/{id}/transitions": one(action="establish"),
    "POST /api/v1/teams/{id}/void": one(reason="Nhập nhầm"),
    "GET /api/v1/teams/tally": ask_within,
    "POST /api/v1/teams/{id}/members": _of_team,
    "PATCH /api/v1/team-members/{id}": one(name="Người khác"),
    "POST /api/v1/team-members/{id}/transitions": _move_member,
    "POST /api/v1/team-members/{id}/void": one(reason="Nhập nhầm"),
    "POST /api/v1/team-members/{id}/roles": one(role="deputy"),
    "POST /api/v1/team-members/{id}/training": one(course="Lớp", days=2, held_on="2025-03-01"),
    "POST /api/v1/team-members/{id}/ratings": one(year=2025, level="good"),
    "POST /api/v1/team-size-rules": _size_rule,
    "PATCH /api/v1/team-size-rules/{id}": one(basis="y"),
    "POST /api/v1/committees": new(**COMMITTEE),
    "PATCH /api/v1/committees/{id}": one(size=11),
    "POST /api/v1/committees/{id}/transitions": one(action="reorganise"),
    "POST /api/v1/committee-successions": lambda about: Request(
        data={"plan_hash": plan_hash([])}
    ),
    "POST /api/v1/committees/{id}/void": one(reason="Nhập nhầm"),
}  # fmt: skip

MAKERS: dict[str, Make] = {
    "team": in_unit(team),
    "member": in_unit(member),
    "serving": in_unit(serving),
    "committee": in_unit(committee),
    "size_rule": _make_size_rule,
}

PLACES = {
    f"{table}s": f"SELECT id, unit_id FROM {table} WHERE voided_at IS NULL"
    for table in ("team", "committee")
} | {"team-members": "SELECT id, unit_id FROM team_member WHERE voided_at IS NULL"}
VERSIONED = ("team", "team_member", "team_size_rule", "committee")
SCOPED = (queries,)
RULES = ((size_rules, "_for_provinces"),)
OFFLINE = {
    "teams": ({"decision": "1/QĐ"}, {"decision": "2/QĐ"}, {"counted_size": 4}),
    "team-members": ({"name": "Một"}, {"name": "Hai"}, {"origin_force": "civil_defence"}),
    "team-size-rules": ({"basis": "một"}, {"basis": "hai"}, {"certainty": "read"}),
    "committees": ({"size": 11}, {"size": 12}, {"decision": "3/QĐ"}),
}
