"""Void records that were entered in error: they stay, and count nowhere."""

from typing import Any
from uuid import UUID

from app.db.base import Voidable, now
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.records.errors import IsVoided
from app.domain.records.kit import save
from app.domain.records.schemas import VoidInput

MARKS = ("void_reason", "voided_at", "voided_by")


def check_not_voided(row: Voidable) -> None:
    """Refuse to change a record that was voided."""
    if row.voided_at is not None:
        raise IsVoided(voided_on=row.voided_at.date().isoformat())


async def void(session: Session, actor: Actor, permission: str, row: Any, data: VoidInput) -> UUID:
    """Mark a loaded record as entered in error, and log why."""
    check_not_voided(row)
    row.voided_at, row.voided_by, row.void_reason = now(), actor.subject, data.reason
    return await save(session, actor, permission, row, MARKS, reason=data.reason)
