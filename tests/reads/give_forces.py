"""Teams in every state, who is in them, rules of their size, committees, in many places."""

import random
from datetime import date
from uuid import UUID

from app.db.base import INFINITY
from app.db.session import Session
from app.db.tables.calendars import Certainty
from app.db.tables.committees import Committee, CommitteeScope, CommitteeState, FormerCommittee
from app.db.tables.forces import Condition, Team, TeamEquipment, TeamKind, TeamSizeRule, TeamState
from app.db.tables.team_members import (
    MemberState,
    OriginForce,
    ServiceLevel,
    ServiceRating,
    TeamMember,
    TeamRole,
    TeamTerm,
    Training,
)
from app.db.vietnamese import search_key
from app.domain.actor import Level
from tests.give import Country

NOT_YET = (TeamState.PROPOSED, TeamState.DECLINED)
SINCE, END = date(2024, 2, 29), date(2025, 7, 1)
NAMES = ["Tổ bảo vệ 100%", "Đội_xung kích", 'Tổ "hai"', "Tổ \\ tự quản"]


async def give_forces(session: Session, country: Country) -> None:
    """Forty teams, some with members; a rule for each kind in one province; committees."""
    chance = random.Random(7)
    places = [id for path, id in country.units.items() if country.levels[id] is not Level.NATIONAL]
    for n, kind in enumerate(TeamKind):
        session.add(_rule(country["12"[n % 2]], kind, n))
    for n in range(40):
        await _team(session, chance, n, places[n * 7 % len(places)])
    for n in range(20):
        await _committee(session, n, places[n * 5 % len(places)])
    await session.flush()


def _rule(unit: UUID, kind: TeamKind, n: int) -> TeamSizeRule:
    return TeamSizeRule(
        unit_id=unit, kind=kind, least=n % 3 + 1, most=n % 3 + 2, deputies=1, valid_from=SINCE,
        valid_to=END if n % 4 == 3 else INFINITY, basis=f'NQ "{n}"', certainty=Certainty.READ,
    )  # fmt: skip


async def _team(session: Session, chance: random.Random, n: int, unit: UUID) -> None:
    state, name = list(TeamState)[n % 6], f"{chance.choice(NAMES)} {n}"
    team = Team(
        kind=list(TeamKind)[n % 9], unit_id=unit, name=name, state=state,
        search_key=search_key(name),
        established_on=None if state in NOT_YET else SINCE,
        dissolved_on=END if state is TeamState.DISSOLVED else None,
        counted_size=chance.choice([None, 0, 7]), source="tests",
        decision=f"{n}/QĐ" if n % 2 else None,
        reference=f"T{n}" if n % 3 else None, version=n % 3 + 1,
    )  # fmt: skip
    session.add(team)
    await session.flush()
    session.add(TeamEquipment(team_id=team.id, kind="còi", condition=Condition.WORN, count=n + 1))
    if team.established_on and n % 2:
        for role in TeamRole:
            await _member(session, team, role, n)


async def _member(session: Session, team: Team, role: TeamRole, n: int) -> None:
    state = list(MemberState)[n % 7]
    member = TeamMember(
        team_id=team.id, unit_id=team.unit_id, role=role, state=state,
        name=None if state is MemberState.ENDED else f"Người {role}",
        origin_force=OriginForce.WARD_GUARD if n % 3 else None,
    )  # fmt: skip
    session.add(member)
    await session.flush()
    gone = state in (MemberState.RESIGNED, MemberState.REMOVED, MemberState.ENDED)
    session.add(TeamTerm(team_id=team.id, member_id=member.id, role=role, since=SINCE,
                         until=END if gone else INFINITY))  # fmt: skip
    session.add(Training(member_id=member.id, course="Sơ cứu", days=2, held_on=END))
    session.add(ServiceRating(member_id=member.id, year=2025, level=ServiceLevel.GOOD, basis="HD",
                              window_from=SINCE, window_to=END))  # fmt: skip


async def _committee(session: Session, n: int, unit: UUID) -> None:
    scope, state = list(CommitteeScope)[n % 3], list(CommitteeState)[n // 3 % 3]
    committee = Committee(
        unit_id=unit, scope=scope, code="BCĐ 138" if n % 4 else None, name=f"BCĐ {n}",
        model_code="an_ninh_co_so" if scope is CommitteeScope.MODEL else None,
        chair_position="Chủ tịch", size=n + 1, decision=None, state=state, established_on=SINCE,
        since=END, dissolved_on=END if state is CommitteeState.DISSOLVED else None,
    )  # fmt: skip
    session.add(committee)
    await session.flush()
    session.add(FormerCommittee(committee_id=committee.id, chair_position="Bí thư", size=3,
                                decision="1/QĐ", since=SINCE, until=END))  # fmt: skip
