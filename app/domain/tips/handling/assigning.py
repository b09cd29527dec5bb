"""Who is at a tip, and may therefore open it."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.tips import Tip, TipAssignment
from app.domain.actor import Actor, Level, Permission, operation
from app.domain.deadlines.days import day_of
from app.domain.records import service as records
from app.domain.records.service import Change
from app.domain.tips import reach
from app.domain.tips.handling import queries
from app.domain.tips.handling.errors import AlreadyAssigned, AssignmentNotFound, CannotBeAssigned
from app.domain.tips.handling.schemas import TipAssign


@operation(Permission.TIP_ASSIGN)
async def assign_tip(session: Session, actor: Actor, id: UUID, data: TipAssign) -> UUID:
    """Let oneself or a colleague open a tip, of a unit that reaches it and is not excluded."""
    tip = await reach.held(session, actor, id)
    if not await _may(session, actor, tip, data.subject):
        raise CannotBeAssigned()
    if await queries.assignment(session, tip.id, subject=data.subject):
        raise AlreadyAssigned()
    given = TipAssignment(
        tip_id=tip.id, subject=data.subject, assigned_by=actor.subject, assigned_on=day_of(now())
    )
    session.add(given)
    await session.flush()
    made = Change("tip_assignment", given.id, tip.unit_id, fields=["subject"])
    await records.log_changes(session, actor, Permission.TIP_ASSIGN, [made])
    return tip.id


@operation(Permission.TIP_ASSIGN)
async def end_tip_assignment(session: Session, actor: Actor, id: UUID, assignment_id: UUID) -> UUID:
    """Let somebody open a tip no longer; what he has read stays in the audit."""
    tip = await reach.held(session, actor, id)
    given = await queries.assignment(session, tip.id, id=assignment_id)
    if given is None:
        raise AssignmentNotFound()
    given.ended_on = day_of(now())
    await session.flush()
    ended = Change("tip_assignment", given.id, tip.unit_id, Act.CHANGE, 2, ["ended_on"])
    await records.log_changes(session, actor, Permission.TIP_ASSIGN, [ended])
    return tip.id


async def _may(session: Session, actor: Actor, tip: Tip, subject: str) -> bool:
    """Whoever has found the tip reaches it; others are looked up, and alike where not there."""
    if subject == actor.subject:
        return actor.level is not Level.VILLAGE and actor.unit_id != tip.excluded_unit_id
    try:
        return await queries.may_open(session, UUID(subject), tip)
    except ValueError:
        return False
