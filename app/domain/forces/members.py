"""Operations on team members: apply, recognise, assign a role, end."""

from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.forces import Team
from app.db.tables.team_members import MemberState, TeamMember, TeamRole, TeamTerm
from app.domain.actor import Actor, Permission, operation
from app.domain.forces import queries, rules, states
from app.domain.forces.errors import LeaderTaken, NotServing, TeamClosed, TeamNotStanding
from app.domain.forces.memberships import end_membership, load_member
from app.domain.forces.schemas import (
    MemberChange,
    MemberCreate,
    MemberRoleAssignment,
    MemberTransition,
)
from app.domain.records import kit as records
from app.domain.units.shape import today


@operation(Permission.TEAM_MEMBER_WRITE)
async def add_member(session: Session, actor: Actor, id: UUID, data: MemberCreate) -> UUID:
    """Record an application to join a team."""
    team = await records.get(session, actor, Team, id)
    if team.state not in (*states.STANDING, "proposed"):
        raise TeamClosed(state=team.state.value)
    member = TeamMember(**data.model_dump(), team_id=team.id, unit_id=team.unit_id)
    said = ["team_id", *data.model_fields_set]
    return await records.create(session, actor, Permission.TEAM_MEMBER_WRITE, member, said)


@operation(Permission.TEAM_MEMBER_WRITE)
async def change_member(
    session: Session, actor: Actor, id: UUID, data: MemberChange, expected: int | None
) -> UUID:
    """Change the name of a member, or the force of earlier service."""
    member, _ = await load_member(session, actor, id, expected)
    if member.state not in states.OPEN:
        raise NotServing(state=member.state.value)
    if changed := records.assign(member, data.model_dump(exclude_unset=True)):
        await records.save(session, actor, Permission.TEAM_MEMBER_WRITE, member, changed)
    return member.id


@operation(Permission.TEAM_MEMBER_WRITE)
async def transition_member(
    session: Session, actor: Actor, id: UUID, data: MemberTransition, expected: int | None
) -> UUID:
    """Apply a transition to a member: select, recognise, begin, resign, remove, end."""
    if decides := states.MEMBERSHIP.permission_for(data.action):
        actor.require(decides)
    member, team = await load_member(session, actor, id, expected)
    to = states.MEMBERSHIP.find(member.state, data.action).to
    if to in (*states.COUNTED, MemberState.SELECTED):
        edit = await _rise(session, member, team, data)
    else:
        edit = await end_membership(session, member, data)
    await records.save_all(session, actor, Permission.TEAM_MEMBER_WRITE, [edit])
    return member.id


@operation(Permission.TEAM_MEMBER_DECIDE)
async def assign_role(
    session: Session, actor: Actor, id: UUID, data: MemberRoleAssignment, expected: int | None
) -> UUID:
    """Assign a role to an active member from a day on; the former role ends there."""
    member, team = await load_member(session, actor, id, expected)
    if member.state is not MemberState.ACTIVE:
        raise NotServing(state=member.state.value)
    day = data.since or today()
    last = (await queries.list_terms(session, member.id))[-1]
    rules.check_day(day, today=today(), since=last.since)
    await _check_room(session, team, member, data.role, day)
    last.until = day
    terms = [last, await _begin_term(session, member, data.role, day)]
    return await records.save(
        session, actor, Permission.TEAM_MEMBER_WRITE, member, ["role"], also=terms
    )


async def _rise(
    session: Session, member: TeamMember, team: Team, data: MemberTransition
) -> records.Edit:
    """A step further into a team, which stands on that day."""
    since = team.established_on if data.action != "select" else None
    step = rules.apply_member_transition(
        states.MEMBERSHIP, member.state, data, today=today(), since=since
    )
    fields, terms = ["state"], list[TeamTerm]()
    if data.action != "select" and team.state not in states.STANDING:
        raise TeamNotStanding(state=team.state.value)
    if data.action == "recognise":
        role, day = data.role or TeamRole.MEMBER, step.effective_on
        member.size_rule_id = await _check_room(session, team, member, role, day)
        member.role, fields = role, ["role", "size_rule_id", "state"]
    if data.action == "begin":
        terms = [await _begin_term(session, member, member.role, step.effective_on)]
    member.state = MemberState(step.to_state)
    return records.Edit(member, fields, step, also=terms)


async def _check_room(
    session: Session, team: Team, member: TeamMember, role: TeamRole, day: date
) -> UUID | None:
    """Refuse what the rule of the province does not allow; the rule, where there is one."""
    there = await queries.list_members(session, team.id)
    others = [other.role for other in there if other.id != member.id]
    rule = await queries.find_size_rule(session, team.unit_id, team.kind, day)
    rules.check_room(rule, others, role)
    return rule.id if rule else None


async def _begin_term(
    session: Session, member: TeamMember, role: TeamRole, since: date
) -> TeamTerm:
    """Begin a term of a member; a team has one leader on any day."""
    if role is TeamRole.LEADER:
        other = await queries.find_leader_since(session, member.team_id, member.id, since)
        if other is not None:
            raise LeaderTaken(since=other.since.isoformat(), member_id=str(other.member_id))
    member.role = role
    return TeamTerm(team_id=member.team_id, member_id=member.id, role=role, since=since)
