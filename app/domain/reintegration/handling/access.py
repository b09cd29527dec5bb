"""Cases within an actor's scope, found or locked, and the record that they were read."""

from collections.abc import Sequence
from uuid import UUID

from app.db.session import Session
from app.db.tables.records import Act
from app.db.tables.reintegration import CaseState, ReintegrationCase
from app.domain.actor import Actor, Permission
from app.domain.confidential import queries
from app.domain.errors import NotFound
from app.domain.records.service import Change, log_changes
from app.domain.reintegration.errors import CaseClosed, OpenToReadAlone
from app.domain.reintegration.handling.schemas import CasePurpose
from app.domain.reintegration.kind import CASE_KIND, READABLE
from app.domain.reintegration.queries import is_open_to_caller


async def lock_case(session: Session, actor: Actor, id: UUID) -> ReintegrationCase:
    """Load a case in the actor's scope and lock it until the transaction ends."""
    try:
        return await queries.lock_record(session, CASE_KIND, actor, id)
    except NotFound:
        if await is_open_to_caller(session, id):
            raise OpenToReadAlone(permission="part") from None
        raise


async def lock_open_case(session: Session, actor: Actor, id: UUID) -> ReintegrationCase:
    """Load and lock a case that is not closed."""
    case = await lock_case(session, actor, id)
    if case.state is CaseState.CLOSED:
        raise CaseClosed()
    return case


async def find_case(session: Session, actor: Actor, id: UUID) -> ReintegrationCase:
    """Load a case in the actor's scope."""
    return await queries.find_record(session, CASE_KIND, actor, id)


async def find_readable_case(session: Session, actor: Actor, id: UUID) -> ReintegrationCase:
    """Load a case in the actor's scope, or one that is open to them in an emergency."""
    return await queries.find_record(session, CASE_KIND, actor, id, READABLE)


async def log_read(
    session: Session, actor: Actor, case: ReintegrationCase, purpose: CasePurpose,
    fields: Sequence[str],
) -> None:  # fmt: skip
    """Record a read of a case, and its purpose, before it is answered."""
    read = Change(
        "reintegration_identity", case.id, case.unit_id, Act.READ, None, fields,
        reason=f"purpose: {purpose.value}",
    )  # fmt: skip
    await log_changes(session, actor, Permission.CASE_READ_CONTENT, [read])
