"""Membership of a team: load a member, end a membership."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.forces import Team
from app.db.tables.team_members import MemberState, TeamMember
from app.domain.actor import Actor
from app.domain.forces import queries, rules, states
from app.domain.forces.schemas import MemberTransition
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.units.shape import today


async def load_member(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> tuple[TeamMember, Team]:
    """Somebody in a team of one's own, and the team; nobody else decides on it meanwhile."""
    team_id = await queries.find_team_id(session, actor, id)
    team = await records.find(session, actor, Team, team_id) if team_id else None
    if team is None:
        raise build_not_found(TeamMember)
    member = await records.load(session, actor, TeamMember, id, expected, lock_map=False)
    return member, team


async def end_membership(
    session: Session, member: TeamMember, words: MemberTransition
) -> records.Edit:
    """Let somebody go, and end what they were; who was never in the team leaves no name behind."""
    last = (await queries.list_terms(session, member.id))[-1:]
    since = last[0].since if last else None
    step = rules.apply_member_transition(
        states.MEMBERSHIP, member.state, words, today=today(), since=since
    )
    fields = ["state"]
    if member.state in states.NEVER_IN:
        member.name, fields = None, ["name", "state"]
    for term in last:
        term.until = step.effective_on
    member.state = MemberState(step.to_state)
    return records.Edit(member, fields, step, also=last)
