"""Assignments to a tip, which allow officers to read its content."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.tips import Tip, TipAssignment
from app.domain.actor import Actor, Level, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.records import kit as records
from app.domain.records.service import Change, log_changes
from app.domain.tips import scope
from app.domain.tips.exclusion_queries import is_subject_barred
from app.domain.tips.handling import queries
from app.domain.tips.handling.errors import AlreadyAssigned, AssignmentNotFound, CannotBeAssigned
from app.domain.tips.handling.schemas import TipAssignmentCreate


@operation(Permission.TIP_ASSIGN)
async def assign_tip(session: Session, actor: Actor, id: UUID, data: TipAssignmentCreate) -> UUID:
    """Assign yourself or a colleague to a tip, who may then open it."""
    tip = await scope.lock_tip(session, actor, id)
    if not await _may_be_assigned(session, actor, tip, data.subject):
        raise CannotBeAssigned()
    if await queries.lock_assignment(session, tip.id, subject=data.subject):
        raise AlreadyAssigned()
    assignment = TipAssignment(
        tip_id=tip.id, subject=data.subject, assigned_by=actor.subject, assigned_on=day_of(now())
    )
    await records.write(session, assignment)
    made = Change("tip_assignment", assignment.id, tip.unit_id, fields=["subject"])
    await log_changes(session, actor, Permission.TIP_ASSIGN, [made])
    return tip.id


@operation(Permission.TIP_ASSIGN)
async def end_tip_assignment(session: Session, actor: Actor, id: UUID, assignment_id: UUID) -> UUID:
    """End the assignment of an officer to a tip; the audit keeps what they read."""
    tip = await scope.lock_tip(session, actor, id)
    assignment = await queries.lock_assignment(session, tip.id, id=assignment_id)
    if assignment is None:
        raise AssignmentNotFound()
    assignment.ended_on = day_of(now())
    await records.write(session, assignment)
    ended = Change("tip_assignment", assignment.id, tip.unit_id, Act.CHANGE, 2, ["ended_on"])
    await log_changes(session, actor, Permission.TIP_ASSIGN, [ended])
    return tip.id


async def _may_be_assigned(session: Session, actor: Actor, tip: Tip, subject: str) -> bool:
    """Return whether a person may be assigned; the same for unknown persons as for refused ones."""
    own = [actor.unit_id] if subject == actor.subject else []
    if await is_subject_barred(session, tip.id, subject, own):
        return False
    if own:
        return actor.level is not Level.VILLAGE
    try:
        return await queries.is_eligible(session, UUID(subject), tip)
    except ValueError:
        return False
