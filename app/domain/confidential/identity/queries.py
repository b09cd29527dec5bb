"""Every SQL statement on identity requests; only the vault reads the identities themselves."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select
from uuid_utils.compat import uuid7

from app.db.session import Session, act_as, execute
from app.db.tables.confidential import IdentityRequestRow, SealedPart
from app.domain.confidential.identity.kinds import IdentityKind
from app.domain.confidential.identity.rules import OPEN
from app.domain.confidential.kinds import R
from app.domain.confidential.roles import VAULT
from app.domain.records.names import resource_name

ANNOUNCE = """
INSERT INTO outbox (id, recorded_at, resource, resource_id, act, version, fields, unit_id)
VALUES (:id, :at, :resource, :request, 'change', :version, '{first_opened_on,views}', :unit)
"""


async def find_openings(
    session: Session, kind: IdentityKind[R], record_id: UUID
) -> list[dict[str, Any]]:
    """Find on which day each request first opened the identity in a record, and why."""
    table = kind.requests
    first = col(table.first_opened_on)
    statement = select(first, table.reason).where(
        kind.record.reference_of(table) == record_id, first.is_not(None)
    )
    found = await session.exec(statement.order_by(first, col(table.id)))
    return [{"on": on, "reason": reason} for on, reason in found]


async def lock_open_request(
    session: Session, kind: IdentityKind[R], record_id: UUID, subject: str
) -> IdentityRequestRow | None:
    """Load and lock the open request of a person for a record."""
    table = kind.requests
    statement = select(table).where(
        kind.record.reference_of(table) == record_id,
        table.requested_by == subject,
        col(table.state).in_(OPEN),
    )
    return (await session.exec(statement.with_for_update())).one_or_none()


async def load_identity(
    session: Session, kind: IdentityKind[R], record_id: UUID
) -> SealedPart | None:
    """Load the encrypted identity in a record; from here on the transaction acts as the vault."""
    await act_as(session, VAULT)
    table = kind.identities
    statement = select(table).where(kind.record.reference_of(table) == record_id)
    return (await session.exec(statement)).first()


async def announce_opening(
    session: Session, kind: IdentityKind[R], request: IdentityRequestRow, at: datetime
) -> None:
    """Announce to followers of changes that an identity was opened."""
    values = {
        "id": uuid7(), "at": at, "resource": resource_name(kind.requests), "request": request.id,
        "version": request.version, "unit": request.unit_id,
    }  # fmt: skip
    await execute(session, text(ANNOUNCE), values)
