"""Eligible people for a record: they serve in the right role for a unit that reaches it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_
from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.auth import Account, Grant, GrantState
from app.db.tables.confidential import ConfidentialRow
from app.db.tables.units import Unit
from app.domain.actor import Level, Role

PLACES = (Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


async def is_eligible(
    session: Session, subject: UUID, record: ConfidentialRow, roles: Iterable[Role]
) -> bool:
    """Return whether a person serves in one of these roles for a unit that reaches a record."""
    serves = (
        select(Grant.id)
        .join(Account, col(Account.id) == Grant.account_id)
        .join(Unit, col(Unit.id) == Grant.unit_id)
        .where(
            Account.id == subject,
            col(Account.disabled_at).is_(None),
            Grant.state == GrantState.ACTIVE,
            or_(col(Grant.expires_at).is_(None), Grant.expires_at > func.now()),
            col(Grant.role).in_([role.value for role in roles]),
            _reaches(record),
        )
    )
    return (await session.exec(serves)).first() is not None


def _reaches(record: ConfidentialRow) -> Any:
    """Test for units in which a record lies, not villages; the country only where it holds it."""
    lies: list[Any] = [
        and_(col(Unit.level) == level, col(Grant.unit_id) == getattr(record, f"{level}_id"))
        for level in PLACES
        if getattr(record, f"{level}_id")
    ]
    own = and_(col(Unit.level) == Level.NATIONAL, col(Grant.unit_id) == record.unit_id)
    return or_(own, *lies)
