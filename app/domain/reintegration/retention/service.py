"""Operations on the retention of cases: hold one, release the hold, purge those that are due."""

from datetime import date
from uuid import UUID

from app.db.session import Database, Session, act_as
from app.db.storage import Storage
from app.domain.actor import Actor, Permission, operation
from app.domain.confidential.retention import service as retention
from app.domain.confidential.retention.expiry import ExpiryResult, expire_records
from app.domain.confidential.retention.schemas import HoldInput, ReleaseInput
from app.domain.confidential.roles import KEEPER
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.retention import queries
from app.domain.reintegration.retention.holds import CASE_HOLDS
from app.domain.reintegration.retention.kind import CASE_EXPIRY, MINOR_EXPIRY
from app.domain.reintegration.retention.schemas import CaseHoldInput

BY_DOCUMENT = "document"  # words about a person would stand unsealed


@operation(Permission.CASE_HOLD)
async def hold_reintegration_case(
    session: Session, actor: Actor, id: UUID, data: CaseHoldInput
) -> UUID:
    """Hold a case beyond its term, by order of a document that says why."""
    words = HoldInput(reason=BY_DOCUMENT, document_id=data.document_id)
    return await retention.hold_record(session, CASE_HOLDS, actor, id, words)


@operation(Permission.CASE_HOLD)
async def release_reintegration_case(session: Session, actor: Actor, id: UUID) -> UUID:
    """Release the hold on a case; its term applies again."""
    words = ReleaseInput(reason=BY_DOCUMENT)
    return await retention.release_record(session, CASE_HOLDS, actor, id, words)


async def purge_cases(
    database: Database, storage: Storage, context: CaseContext, today: date
) -> ExpiryResult:
    """Give notice of cases that are to be purged, and purge those whose day has come."""
    done = await expire_records(database, storage, CASE_EXPIRY, today)
    done += await expire_records(database, storage, MINOR_EXPIRY, today)
    await destroy_keys(database, context)
    return done


async def destroy_keys(database: Database, context: CaseContext) -> int:
    """Destroy the keys of purged cases, then their rows; the next run ends what one began."""
    async with database.write_transaction() as session:
        await act_as(session, KEEPER)
        purged = await queries.find_purged(session)
    for id in purged:
        await context.keys.destroy_key(id)
    async with database.write_transaction() as session:
        await act_as(session, KEEPER)
        await queries.delete_rows(session, purged)
    return len(purged)
