"""What can be done with who is in a team: apply, be recognised, serve in a role, leave."""

from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.forces import Team
from app.db.tables.records import Act
from app.db.tables.team_members import MemberState, TeamMember, TeamRole, TeamTerm
from app.domain.actor import Actor, Permission, operation
from app.domain.forces import queries, rules, states
from app.domain.forces.errors import (
    LeaderTaken,
    NotServing,
    TeamClosed,
    TeamNotFound,
    TeamNotStanding,
)
from app.domain.forces.memberships import accounted, changed, found, leave
from app.domain.forces.schemas import MemberApply, MemberChange, MemberTransition, RoleAssign
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.units.shape import today


@operation(Permission.TEAM_MEMBER_WRITE)
async def add_member(session: Session, actor: Actor, team_id: UUID, data: MemberApply) -> UUID:
    """Record that somebody would join a team."""
    team = await queries.one(session, actor, Team, team_id)
    if team is None:
        raise TeamNotFound()
    if team.state not in (*states.STANDING, "proposed"):
        raise TeamClosed(state=team.state.value)
    member = TeamMember(
        **data.model_dump(), team_id=team.id, unit_id=team.unit_id,
        created_by=actor.subject, changed_by=actor.subject,
    )  # fmt: skip
    session.add(member)
    said = ["team_id", *data.model_fields_set]
    made = Change("team_member", member.id, member.unit_id, fields=sorted(said))
    return await accounted(session, actor, member, made)


@operation(Permission.TEAM_MEMBER_WRITE)
async def change_member(
    session: Session, actor: Actor, id: UUID, data: MemberChange, expected: int | None
) -> UUID:
    """Say otherwise what somebody is called, or where he served before."""
    member, _ = await found(session, actor, id, expected)
    if member.state not in states.OPEN:
        raise NotServing(state=member.state.value)
    if not (said := records.touch(member, actor, data.model_dump(exclude_unset=True))):
        return member.id
    told = Change("team_member", member.id, member.unit_id, Act.CHANGE, member.version, said)
    return await accounted(session, actor, member, told)


@operation(Permission.TEAM_MEMBER_WRITE)
async def move_member(
    session: Session, actor: Actor, id: UUID, data: MemberTransition, expected: int | None
) -> UUID:
    """Take somebody one step on: select, recognise, begin, resign, remove, end."""
    if data.action in states.DECIDED:
        actor.require(Permission.TEAM_MEMBER_DECIDE)
    member, team = await found(session, actor, id, expected)
    to = states.MEMBERSHIP.step(member.state, data.action).to
    if to in (*states.COUNTED, MemberState.SELECTED):
        told = await _rise(session, actor, member, team, data)
    else:
        told = await leave(session, actor, member, data)
    return await accounted(session, actor, member, told)


@operation(Permission.TEAM_MEMBER_DECIDE)
async def assign_role(
    session: Session, actor: Actor, id: UUID, data: RoleAssign, expected: int | None
) -> UUID:
    """Let an active member be leader, deputy or member from a day on; what he was ends there."""
    member, team = await found(session, actor, id, expected)
    if member.state is not MemberState.ACTIVE:
        raise NotServing(state=member.state.value)
    day = data.since or today()
    last = (await queries.terms(session, member.id))[-1]
    rules.check_day(day, today=today(), since=last.since)
    await _check_room(session, team, member, data.role, day)
    last.until = day
    records.touch(last, actor)
    await session.flush()
    await _serve(session, actor, member, data.role, day)
    return await accounted(session, actor, member, changed(actor, member, ["role"]))


async def _rise(
    session: Session, actor: Actor, member: TeamMember, team: Team, data: MemberTransition
) -> Change:
    """A step further into a team, which stands on that day."""
    since = team.established_on if data.action != "select" else None
    step = rules.take(states.MEMBERSHIP, member.state, data, today=today(), since=since)
    fields = ["state"]
    if data.action != "select" and team.state not in states.STANDING:
        raise TeamNotStanding(state=team.state.value)
    if data.action == "recognise":
        role, day = data.role or TeamRole.MEMBER, step.effective_on
        member.size_rule_id = await _check_room(session, team, member, role, day)
        member.role, fields = role, ["role", "size_rule_id", "state"]
    if data.action == "begin":
        await _serve(session, actor, member, member.role, step.effective_on)
    member.state = MemberState(step.to_state)
    return changed(actor, member, fields, step)


async def _check_room(
    session: Session, team: Team, member: TeamMember, role: TeamRole, day: date
) -> UUID | None:
    """Refuse what the rule of the province does not allow; the rule, where there is one."""
    there = await queries.members(session, team.id)
    others = [other.role for other in there if other.id != member.id]
    rule = await queries.size_rule(session, team.unit_id, team.kind, day)
    rules.check_room(rule, others, role)
    return rule.id if rule else None


async def _serve(
    session: Session, actor: Actor, member: TeamMember, role: TeamRole, since: date
) -> None:
    """Begin a term of a member; a team has one leader on any day."""
    if role is TeamRole.LEADER:
        other = await queries.leader_since(session, member.team_id, member.id, since)
        if other is not None:
            raise LeaderTaken(since=other.since.isoformat(), member_id=str(other.member_id))
    term = TeamTerm(team_id=member.team_id, member_id=member.id, role=role, since=since)
    term.created_by = term.changed_by = actor.subject
    session.add(term)
    member.role = role
    await session.flush()
