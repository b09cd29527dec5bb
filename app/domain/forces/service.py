"""Operations on teams: create one or many, change, apply transitions, set equipment."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.forces import Team, TeamEquipment
from app.db.vietnamese import search_key
from app.domain.actor import Actor, Permission, operation
from app.domain.forces import corrections, queries, registration, rules, states
from app.domain.forces.memberships import end_membership
from app.domain.forces.schemas import (
    QUANTITIES,
    EquipmentEntry,
    MemberTransition,
    TeamChange,
    TeamCreate,
    TeamsCreate,
    TeamsCreated,
    TeamTransition,
)
from app.domain.records import kit as records
from app.domain.records.quantities import enter_quantities, list_fields
from app.domain.records.state_machine import AppliedTransition
from app.domain.units.shape import today


@operation(Permission.TEAM_CREATE)
async def create_team(session: Session, actor: Actor, data: TeamCreate) -> UUID:
    """Create a team in one of your units: proposed, or established where you may decide that."""
    return (await record_teams(session, actor, [data]))[0]


@operation(Permission.TEAM_CREATE)
async def record_teams(session: Session, actor: Actor, wanted: Sequence[TeamCreate]) -> list[UUID]:
    """Record teams, however many: all of them, or none by the first refusal."""
    checked = await registration.check_teams(session, actor, wanted)
    for _, refusal in checked.faults.values():
        raise refusal
    return await registration.write_teams(session, actor, checked)


@operation(Permission.TEAM_CREATE)
async def create_teams(session: Session, actor: Actor, data: TeamsCreate) -> TeamsCreated:
    """Create many teams at once: all of them or none; every fault names its row."""
    checked = await registration.check_teams(session, actor, data.teams)
    if checked.faults:
        raise checked.refusal()
    ids = await registration.write_teams(session, actor, checked)
    return TeamsCreated(created=len(ids), ids=ids)


@operation(Permission.TEAM_UPDATE)
async def change_team(
    session: Session, actor: Actor, id: UUID, data: TeamChange, expected: int | None
) -> UUID:
    """Change a team: its name, its decision, its counted size from a day on; correct it."""
    team = await records.load(session, actor, Team, id, expected)
    said = data.model_dump(exclude_unset=True)
    fields, members, terms = await corrections.correct_team(session, actor, team, said)
    since = said.pop("effective_on", None)
    values = {name: said.pop(name) for name in QUANTITIES & said.keys()}
    entered = await enter_quantities(
        session, actor, team, values, since=since, begun=team.established_on
    )
    if changed := [*fields, *records.assign(team, said), *list_fields(entered)]:
        team.search_key = search_key(team.name)
        edits = [records.Edit(team, changed, also=[*terms, *entered]), *members]
        await records.save_all(session, actor, Permission.TEAM_UPDATE, edits)
    return team.id


@operation(Permission.TEAM_UPDATE)
async def set_equipment(
    session: Session, actor: Actor, id: UUID, data: EquipmentEntry, expected: int | None
) -> UUID:
    """Set how many pieces of one kind a team has in one condition; 0 removes the line."""
    team = await records.load(session, actor, Team, id, expected)
    line = await queries.find_equipment(session, team.id, data.kind, data.condition)
    gone = [line] if line is not None and not data.count else []
    told: list[TeamEquipment] = []
    if line is None and data.count:
        told = [TeamEquipment(team_id=team.id, **data.model_dump())]
    elif line is not None and data.count and records.assign(line, {"count": data.count}):
        told = [line]
    return await records.save(
        session, actor, Permission.TEAM_UPDATE, team, ["equipment"], also=told, delete=gone
    )


@operation(Permission.TEAM_TRANSITION)
async def transition_team(
    session: Session, actor: Actor, id: UUID, data: TeamTransition, expected: int | None
) -> UUID:
    """Apply a transition to a team: establish, decline, begin, reorganise, dissolve."""
    team = await records.load(session, actor, Team, id, expected)
    step = rules.apply_team_transition(team, data, today=today())
    if step.action == "begin":
        await _check_enough(session, team, step.effective_on)
    set_ = {"establish": ["established_on"], "dissolve": ["dissolved_on"]}.get(step.action, [])
    edits = [records.Edit(team, [*set_, "state"], step)]
    if step.action == "dissolve":
        edits += await _end_memberships(session, team, step)
    await records.save_all(session, actor, Permission.TEAM_TRANSITION, edits)
    return team.id


async def has_recorded(session: Session, actor: Actor, reference: str) -> bool:
    """Return whether this client has recorded a team under this reference."""
    return bool(await queries.lock_references(session, actor.client, [reference]))


async def _check_enough(session: Session, team: Team, day: date) -> None:
    """A team begins with as many as the rule of its province asks for."""
    rule = await queries.find_size_rule(session, team.unit_id, team.kind, day)
    there = len(await queries.list_members(session, team.id)) or team.counted_size or 0
    if rule and not rule.least <= there <= rule.most:
        raise rules.refusal(rule)


async def _end_memberships(
    session: Session, team: Team, step: AppliedTransition
) -> list[records.Edit]:
    """With a team that is dissolved ends all that its members were in it."""
    words = MemberTransition(
        action="end", effective_on=step.effective_on, reason=step.reason,
        document_id=step.document_id, documents=list(step.documents),
    )  # fmt: skip
    all_of = await queries.list_members(session, team.id, states.OPEN)
    return [await end_membership(session, member, words) for member in all_of]
