"""Parts of people in a case: the lead, workers, and the helper of HCD-06/07."""

from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.reintegration import CasePart, ReintegrationAssignment, ReintegrationCase
from app.domain.actor import Actor, Permission, Role, operation
from app.domain.confidential.eligibility_queries import is_eligible
from app.domain.deadlines.days import day_of
from app.domain.records import kit as records
from app.domain.records.service import Change, log_changes
from app.domain.reintegration import deadlines, rule_codes
from app.domain.reintegration.errors import CannotTakeCase, HasPartAlready, OwnPart, PartNotFound
from app.domain.reintegration.handling import access, queries
from app.domain.reintegration.handling.schemas import CaseAssignmentCreate

ASSIGN = Permission.CASE_ASSIGN


@operation(ASSIGN)
async def assign_reintegration_case(
    session: Session, actor: Actor, id: UUID, data: CaseAssignmentCreate
) -> UUID:
    """Give a colleague a part in a case, who may then read it."""
    case = await access.lock_open_case(session, actor, id)
    await give_part(session, actor, ASSIGN, case, data)
    return case.id


async def give_part(
    session: Session, actor: Actor, permission: Permission, case: ReintegrationCase,
    data: CaseAssignmentCreate,
) -> None:  # fmt: skip
    """Give a person a part in a case; the same refusal for unknown persons and refused ones."""
    if not await _may_take(session, case, data.subject):
        raise CannotTakeCase()
    if await queries.lock_assignment(session, case.id, subject=data.subject):
        raise HasPartAlready()
    part = ReintegrationAssignment(
        case_id=case.id, subject=data.subject, assigned_by=actor.subject,
        assigned_on=day_of(now()), part=data.part,
    )  # fmt: skip
    await records.write(session, part)
    if data.part is CasePart.HELPER:
        await deadlines.meet_deadline(session, actor, case.id, rule_codes.HELPER, now())
    made = Change("reintegration_assignment", part.id, case.unit_id, fields=["part", "subject"])
    await log_changes(session, actor, permission, [made])


async def _may_take(session: Session, case: ReintegrationCase, subject: str) -> bool:
    try:
        needed = (Role.CASE_WORKER, Role.MINOR_WORKER) if case.is_minor else (Role.CASE_WORKER,)
        return all([await is_eligible(session, UUID(subject), case, (role,)) for role in needed])
    except ValueError:
        return False


@operation(ASSIGN)
async def end_reintegration_assignment(
    session: Session, actor: Actor, id: UUID, assignment_id: UUID
) -> UUID:
    """End the part of a person in a case; the audit keeps what they read."""
    case = await access.lock_case(session, actor, id)
    part = await queries.lock_assignment(session, case.id, id=assignment_id)
    if part is None:
        raise PartNotFound()
    if part.subject == actor.subject:
        raise OwnPart()
    part.ended_on = day_of(now())
    await records.write(session, part)
    ended = Change("reintegration_assignment", part.id, case.unit_id, Act.CHANGE, 2, ["ended_on"])
    await log_changes(session, actor, ASSIGN, [ended])
    return case.id
