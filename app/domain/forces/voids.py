"""Void teams, members and committees that were entered in error."""

from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.committees import Committee
from app.db.tables.forces import Team
from app.db.tables.stated_figures import StatedFigure
from app.db.tables.team_members import TeamMember, TeamTerm
from app.domain.actor import Actor, Permission
from app.domain.forces import queries
from app.domain.forces.memberships import load_member
from app.domain.records.activity_parts import ACTIVITIES_OF
from app.domain.records.dependants import by_key
from app.domain.records.voids import build_void


async def _load_member(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> TeamMember:
    return (await load_member(session, actor, id, expected))[0]


async def _list_terms(session: Session, member: Any) -> list[TeamTerm]:
    return list(await queries.list_terms(session, member.id))


void_team = build_void(
    Team, Permission.TEAM_VOID, "void_team",
    "Void a team that was entered in error: it stays readable, and counts nowhere.",
    rests=[by_key(TeamMember, "team_id"), by_key(StatedFigure, "subject_id"), ACTIVITIES_OF],
)  # fmt: skip
void_team_member = build_void(
    TeamMember, Permission.TEAM_MEMBER_VOID, "void_team_member",
    "Void a member who was entered in error, with all terms: they count nowhere.",
    load=_load_member, parts=_list_terms,
)  # fmt: skip
void_committee = build_void(
    Committee, Permission.COMMITTEE_VOID, "void_committee",
    "Void a committee that was entered in error: it stays readable, and counts nowhere.",
)  # fmt: skip
