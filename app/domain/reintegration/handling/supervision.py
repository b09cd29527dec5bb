"""Cases that nobody looks after: the superior sees that there are some, and names somebody."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.reintegration import ReintegrationCase
from app.domain.actor import Actor, Permission, operation
from app.domain.records import kit as records
from app.domain.reintegration import queries
from app.domain.reintegration.errors import CaseAttended
from app.domain.reintegration.handling.assignments import give_part
from app.domain.reintegration.handling.schemas import CaseAppointed, CaseAssignmentCreate
from app.domain.reintegration.kind import UNATTENDED

APPOINT = Permission.CASE_APPOINT


@operation(APPOINT)
async def appoint_case_worker(
    session: Session, actor: Actor, id: UUID, data: CaseAssignmentCreate
) -> CaseAppointed:
    """Name somebody for a case that nobody looks after; you do not read it by that."""
    case = await records.get(
        session, actor, ReintegrationCase, id, scope=UNATTENDED, lock_map=False
    )
    if not await queries.is_orphaned(session, case.id):
        raise CaseAttended()
    await give_part(session, actor, APPOINT, case, data)
    return CaseAppointed(case_id=case.id, case_number=case.case_number)
