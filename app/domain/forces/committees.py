"""What can be done with steering committees: record, correct, reorganise, dissolve."""

from collections.abc import Sequence
from uuid import UUID

from app.db.session import Session
from app.db.tables.committees import Committee
from app.db.tables.records import Act
from app.domain.actor import Actor, Permission, operation
from app.domain.forces import queries, rules
from app.domain.forces.errors import CommitteeNotFound
from app.domain.forces.schemas import CommitteeChange, CommitteeCreate, CommitteeTransition
from app.domain.records import service as records
from app.domain.records.machine import Taken
from app.domain.records.service import Change
from app.domain.units import service as units
from app.domain.units.shape import today

MADE_UP = ["chair_position", "decision", "since", "size", "state"]


@operation(Permission.COMMITTEE_WRITE)
async def create_committee(session: Session, actor: Actor, data: CommitteeCreate) -> UUID:
    """Record a steering committee of one of your units, as it was established."""
    rules.check_day(data.established_on, today=today(), since=None)
    named = (data.unit, data.established_on)
    unit = (await units.open_units(session, actor, [named], own={named}))[named]
    committee = Committee(
        **data.model_dump(exclude={"unit"}), unit_id=unit, since=data.established_on,
        created_by=actor.subject, changed_by=actor.subject,
    )  # fmt: skip
    session.add(committee)
    await session.flush()
    said = sorted(data.model_fields_set)
    made = Change("committee", committee.id, committee.unit_id, fields=said)
    await records.account(session, actor, Permission.COMMITTEE_WRITE, [made])
    return committee.id


@operation(Permission.COMMITTEE_WRITE)
async def change_committee(
    session: Session, actor: Actor, id: UUID, data: CommitteeChange, expected: int | None
) -> UUID:
    """Correct what was recorded wrongly of a committee."""
    committee = await _one(session, actor, id, expected)
    if changed := records.touch(committee, actor, data.model_dump(exclude_unset=True)):
        await _account(session, actor, Permission.COMMITTEE_WRITE, committee, changed)
    return committee.id


@operation(Permission.COMMITTEE_MOVE)
async def move_committee(
    session: Session, actor: Actor, id: UUID, data: CommitteeTransition, expected: int | None
) -> UUID:
    """Decide on a committee: reorganise it, which keeps how it was made up, or dissolve it."""
    committee = await _one(session, actor, id, expected)
    step, former = rules.move_committee(committee, data, today=today())
    fields = ["dissolved_on", "state"]
    if former is not None:
        former.created_by = former.changed_by = actor.subject
        session.add(former)
        fields = MADE_UP
    records.touch(committee, actor)
    await _account(session, actor, Permission.COMMITTEE_MOVE, committee, fields, step)
    return committee.id


async def _one(session: Session, actor: Actor, id: UUID, expected: int | None) -> Committee:
    committee = await queries.one(session, actor, Committee, id)
    if committee is None:
        raise CommitteeNotFound()
    await records.expect(session, committee, expected)
    return committee


async def _account(
    session: Session, actor: Actor, by: Permission, committee: Committee, fields: Sequence[str],
    step: Taken | None = None,
) -> None:  # fmt: skip
    await session.flush()
    act = Act.TRANSITION if step else Act.CHANGE
    version, unit = committee.version, committee.unit_id
    told = Change("committee", committee.id, unit, act, version, fields, step)
    await records.account(session, actor, by, [told])
