"""Operations on the retention of tips: hold one, release the hold, expire those that are due."""

from datetime import date
from uuid import UUID

from app.db.session import Database, Session
from app.db.storage import Storage
from app.domain.actor import Actor, Permission, operation
from app.domain.confidential.retention import service as retention
from app.domain.confidential.retention.expiry import ExpiryResult, expire_records
from app.domain.confidential.retention.schemas import HoldInput, ReleaseInput
from app.domain.tips.retention.holds import TIP_HOLDS
from app.domain.tips.retention.kind import TIP_EXPIRY


@operation(Permission.TIP_HOLD)
async def hold_tip(session: Session, actor: Actor, id: UUID, data: HoldInput) -> UUID:
    """Hold a tip beyond its term, by order of a document."""
    return await retention.hold_record(session, TIP_HOLDS, actor, id, data)


@operation(Permission.TIP_HOLD)
async def release_tip(session: Session, actor: Actor, id: UUID, data: ReleaseInput) -> UUID:
    """Release the hold on a tip; its term applies again."""
    return await retention.release_record(session, TIP_HOLDS, actor, id, data)


async def expire_tips(database: Database, storage: Storage, today: date) -> ExpiryResult:
    """Give notice of tips that are to expire, and delete those whose day has come."""
    return await expire_records(database, storage, TIP_EXPIRY, today)
