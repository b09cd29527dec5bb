"""Operations on steering committees: create, change, reorganise, follow to a unit, dissolve."""

from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.committees import Committee
from app.db.vietnamese import search_key
from app.domain.actor import Actor, Permission, operation
from app.domain.forces import committee_queries, committee_rules, corrections, queries, rules
from app.domain.forces.committee_schemas import (
    CommitteeChange,
    CommitteeCreate,
    CommitteeTransition,
)
from app.domain.forces.errors import UnitStands
from app.domain.records import kit as records
from app.domain.units import service as units
from app.domain.units import successions
from app.domain.units.shape import today

MADE_UP = ["chair_position", "decision", "member_positions", "since", "size", "state"]
FOLLOWED = ["followed_from_id", "since", "state", "unit_id"]


@operation(Permission.COMMITTEE_WRITE)
async def create_committee(session: Session, actor: Actor, data: CommitteeCreate) -> UUID:
    """Create a steering committee of one of your units."""
    rules.check_day(data.established_on, today=today(), since=None)
    named = (data.unit, data.established_on)
    unit = (await units.open_units(session, actor, [named], own={named}))[named]
    said = data.model_dump(exclude={"unit"})
    committee = Committee(**said, unit_id=unit, since=data.established_on)
    committee.search_key = search_key(committee.name)
    committee_rules.check_positions(committee)
    return await records.create(
        session, actor, Permission.COMMITTEE_WRITE, committee, data.model_fields_set
    )


@operation(Permission.COMMITTEE_WRITE)
async def change_committee(
    session: Session, actor: Actor, id: UUID, data: CommitteeChange, expected: int | None
) -> UUID:
    """Correct a committee."""
    committee = await records.load(session, actor, Committee, id, expected)
    said = data.model_dump(exclude_unset=True)
    former = await queries.list_former(session, committee.id)
    moved = await corrections.correct_committee(session, actor, committee, said, former)
    if changed := records.assign(committee, said):
        committee.search_key = search_key(committee.name)
        committee_rules.check_positions(committee)
        await records.save(
            session, actor, Permission.COMMITTEE_WRITE, committee, changed, also=moved
        )
    return committee.id


@operation(Permission.COMMITTEE_TRANSITION)
async def transition_committee(
    session: Session, actor: Actor, id: UUID, data: CommitteeTransition, expected: int | None
) -> UUID:
    """Apply a transition to a committee: reorganise it, dissolve it, or let it follow its unit."""
    committee = await records.load(session, actor, Committee, id, expected)
    step, former = committee_rules.apply_committee_transition(committee, data, today=today())
    fields, also = (MADE_UP, [former]) if former else (["dissolved_on", "state"], [])
    if data.unit is not None:
        await _follow(session, actor, committee, data.unit, step.effective_on)
        fields = FOLLOWED
    return await records.save(
        session, actor, Permission.COMMITTEE_TRANSITION, committee, fields, step, also=also
    )


async def _follow(
    session: Session, actor: Actor, committee: Committee, wanted: str, day: date
) -> None:
    """Move a committee from its ended unit to a successor that stands."""
    if await committee_queries.stands(session, committee.unit_id):
        raise UnitStands()
    named = (wanted, day)
    unit = (await units.open_units(session, actor, [named], own={named}))[named]
    await successions.check_successor(session, committee.unit_id, unit)
    committee.unit_id, committee.followed_from_id = unit, committee.unit_id
