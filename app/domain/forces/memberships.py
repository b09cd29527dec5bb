"""Who is in a team, under decision: found among one's own, let go, and accounted for."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.forces import Team
from app.db.tables.records import Act
from app.db.tables.team_members import MemberState, TeamMember
from app.domain.actor import Actor, Permission
from app.domain.forces import queries, rules, states
from app.domain.forces.errors import MemberNotFound
from app.domain.forces.schemas import MemberTransition
from app.domain.records import service as records
from app.domain.records.machine import Taken
from app.domain.records.service import Change
from app.domain.units.shape import today


async def found(
    session: Session, actor: Actor, id: UUID, expected: int | None
) -> tuple[TeamMember, Team]:
    """Somebody in a team of one's own, and the team; nobody else decides on it meanwhile."""
    team_id = await queries.team_of(session, actor, id)
    team = await queries.one(session, actor, Team, team_id) if team_id else None
    member = await queries.one(session, actor, TeamMember, id) if team else None
    if member is None or team is None:
        raise MemberNotFound()
    await records.expect(session, member, expected)
    return member, team


async def accounted(session: Session, actor: Actor, member: TeamMember, told: Change) -> UUID:
    """Account for what was done with somebody in a team."""
    await session.flush()
    await records.account(session, actor, Permission.TEAM_MEMBER_WRITE, [told])
    return member.id


async def leave(
    session: Session, actor: Actor, member: TeamMember, words: MemberTransition
) -> Change:
    """Let somebody go; who was never in the team leaves no name behind."""
    terms = await queries.terms(session, member.id)
    last = terms[-1] if terms else None
    since = last.since if last else None
    step = rules.take(states.MEMBERSHIP, member.state, words, today=today(), since=since)
    fields = ["state"]
    if member.state in states.NEVER_IN:
        member.name, fields = None, ["name", "state"]
    if last is not None:
        last.until = step.effective_on
        records.touch(last, actor)
    member.state = MemberState(step.to_state)
    return changed(actor, member, fields, step)


def changed(
    actor: Actor, member: TeamMember, fields: list[str], step: Taken | None = None
) -> Change:
    """What is accounted of somebody in a team: which fields, never what they hold."""
    records.touch(member, actor)
    act = Act.TRANSITION if step else Act.CHANGE
    return Change("team_member", member.id, member.unit_id, act, member.version, fields, step)
