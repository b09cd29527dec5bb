"""The SQL that deletes what a record holds, and with it the keys that open it."""

from uuid import UUID

from sqlalchemy import delete
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.deadlines import Deadline, DeadlineEvent
from app.db.tables.records import Outbox
from app.domain.confidential.kinds import R
from app.domain.confidential.retention.kinds import ExpiryKind


async def delete_content(session: Session, kind: ExpiryKind[R], record_id: UUID) -> None:
    """Delete all parts of a record, the keys they were encrypted with, and the news of them."""
    reference = kind.record.reference_of
    announced: list[UUID] = [record_id]
    for table in kind.logged_parts:
        announced += (
            await session.exec(select(table.id).where(reference(table) == record_id))
        ).all()
    own = select(Deadline.id).where(col(Deadline.resource_id).in_(announced))
    deadlines = (await session.exec(own)).all()
    announced += deadlines
    for table in kind.parts:
        await execute(session, delete(table).where(reference(table) == record_id))
    await kind.delete_links(session, record_id)
    events = delete(DeadlineEvent).where(col(DeadlineEvent.deadline_id).in_(deadlines))
    await execute(session, events)
    await execute(session, delete(Deadline).where(col(Deadline.id).in_(deadlines)))
    await execute(session, delete(Outbox).where(col(Outbox.resource_id).in_(announced)))


async def delete_identity(session: Session, kind: ExpiryKind[R], record_id: UUID) -> None:
    """Delete the identity in a record, and the keys it was encrypted with."""
    table = kind.identities
    await execute(session, delete(table).where(kind.record.reference_of(table) == record_id))
