"""Retention rules, tips to be held and tips that are held: rows for the matrix."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

from app.db.session import Session
from app.db.tables.confidential import RetentionOf, RetentionRule
from app.db.tables.tip_parts import LegalHold
from app.db.tables.tips import Tip, TipChannel, TipKind
from tests.matrix.features.documents import document

DAY = date(2026, 9, 1)
MakeIn = Callable[[Session, UUID], Awaitable[UUID]]


async def _put(session: Session, row: Any) -> UUID:
    session.add(row)
    await session.flush()
    id: UUID = row.id
    return id


async def unheld_tip(session: Session, unit: UUID) -> UUID:
    """A tip that nothing holds."""
    row = Tip(
        unit_id=unit, received_unit_id=unit, received_on=DAY, channel=TipChannel.ONLINE,
        kind=TipKind.UNKNOWN,
    )  # fmt: skip
    return await _put(session, row)


async def hold(session: Session, unit: UUID) -> UUID:
    """Insert a legal hold on a tip."""
    tip, paper = await unheld_tip(session, unit), await document(session, unit)
    return await _put(session, LegalHold(tip_id=tip, reason="x", document_id=paper))


async def held_tip(session: Session, unit: UUID) -> UUID:
    """A tip that is held."""
    return (await session.get_one(LegalHold, await hold(session, unit))).tip_id


async def retention_rule(session: Session) -> UUID:
    """A term for identities, older than any that is entered."""
    row = RetentionRule(
        of=RetentionOf.IDENTITY, valid_from=date(1980, 1, 1), days=90, basis="x", source="x",
        certainty="memory",
    )  # fmt: skip
    return await _put(session, row)


PLACED: dict[str, MakeIn] = {"unheld": unheld_tip, "hold": hold, "held": held_tip}
