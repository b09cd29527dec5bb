"""Tips that are read and handled: sealed for real, and as far as they have to be."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import select

from app.db.session import Session
from app.db.tables.tip_parts import TipAttachment
from app.db.tables.tips import TipAssignment, TipLink, TipState, TipUnitSettings
from app.domain.tips.context import TipContext
from tests.tips.fixtures import insert_tip

DAY = date(2026, 9, 1)
SOMEBODY = "somebody"  # who asks, mostly
MakeIn = Callable[[Session, TipContext, UUID], Awaitable[Any]]
Pair = tuple[UUID, UUID]  # what a path names besides a tip, and the tip


async def tip(session: Session, office: TipContext, unit: UUID, **more: Any) -> UUID:
    """Insert a tip that came just now, and that the caller may read in full."""
    return (await insert_tip(session, office, unit, assigned_to=SOMEBODY, **more))[0]


async def with_investigator(session: Session, office: TipContext, unit: UUID) -> UUID:
    return await tip(session, office, unit, state=TipState.WITH_INVESTIGATOR)


async def unassigned_tip(session: Session, office: TipContext, unit: UUID) -> UUID:
    """A tip that nobody is at."""
    return (await insert_tip(session, office, unit))[0]


async def assigned_tip(session: Session, office: TipContext, unit: UUID) -> Pair:
    of = await tip(session, office, unit)
    given = select(TipAssignment.id).where(TipAssignment.tip_id == of)
    return (await session.exec(given)).one(), of


async def with_file(session: Session, office: TipContext, unit: UUID) -> Pair:
    of = await tip(session, office, unit, attachments=[(b"{}", "text/plain")])
    file = select(TipAttachment.id).where(TipAttachment.tip_id == of)
    return (await session.exec(file)).one(), of


async def tip_pair(session: Session, office: TipContext, unit: UUID) -> Pair:
    """Two tips that may tell of the same."""
    return await tip(session, office, unit), await tip(session, office, unit)


async def linked_tips(session: Session, office: TipContext, unit: UUID) -> Pair:
    one, other = await tip_pair(session, office, unit)
    first, second = sorted((one, other))
    session.add(TipLink(tip_id=first, other_id=second, linked_by="x", linked_on=DAY))
    await session.flush()
    return one, other


async def unit_settings(session: Session, office: TipContext, unit: UUID) -> UUID:
    """Insert how the unit takes tips; a unit has one such row."""
    row = TipUnitSettings(unit_id=unit)
    session.add(row)
    await session.flush()
    return row.id


PLACED: dict[str, MakeIn] = {
    "tip": tip, "with_investigator": with_investigator, "unassigned": unassigned_tip,
    "unread": unassigned_tip,  # one that no fault of assigning has touched
    "assigned": assigned_tip, "with_file": with_file, "paired": tip_pair, "linked": linked_tips,
    "desk": unit_settings,
}  # fmt: skip
