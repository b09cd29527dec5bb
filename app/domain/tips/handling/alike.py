"""Every SQL statement on sketches of tips, and on what people said of two of them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, exists, func, or_, text
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.tip_parts import TipLikeness
from app.db.tables.tips import Tip, TipLink
from app.domain.actor import Actor
from app.domain.tips.likeness import VALUES
from app.domain.tips.reach import TIPS_BY_PLACE

ALIKE_WITHIN, ALIKE_FROM, MOST_ALIKE = timedelta(days=90), 0.4, 20
RESKETCH = """
UPDATE tip_likeness SET value = told.value
FROM unnest(CAST(:values AS bigint[])) WITH ORDINALITY AS told(value, number)
WHERE tip_id = :tip AND place = told.number - 1
"""


async def resketch(session: Session, tip: UUID, values: Sequence[int]) -> None:
    """Let the sketch of a tip be that of other words."""
    await execute(session, text(RESKETCH), {"tip": tip, "values": list(values)})


async def alike(session: Session, actor: Actor, tip: Tip) -> Sequence[Any]:
    """Tips of the actor's place with a sketch like this one's, the likest first."""
    own: Any = aliased(TipLikeness)
    its: Any = aliased(TipLikeness)
    common, place = func.count(), TIPS_BY_PLACE[actor.level](Tip, actor.unit_id)
    pair = or_(
        and_(col(TipLink.tip_id) == tip.id, col(TipLink.other_id) == Tip.id),
        and_(col(TipLink.other_id) == tip.id, col(TipLink.tip_id) == Tip.id),
    )
    linked = exists().where(pair).correlate(Tip)
    statement: Any = (
        select(Tip.id, common, Tip.received_on, Tip.unit_id, Tip.state, linked)  # type: ignore[call-overload]
        .join(its, its.tip_id == Tip.id)
        .join(own, and_(own.place == its.place, own.value == its.value))
        .where(
            own.tip_id == tip.id,
            Tip.id != tip.id,
            place,
            col(Tip.expired_on).is_(None),
            Tip.received_on >= tip.received_on - ALIKE_WITHIN,
            Tip.received_on <= tip.received_on + ALIKE_WITHIN,
        )
        .group_by(Tip.id)
        .having(common >= ALIKE_FROM * VALUES)
        .order_by(common.desc(), col(Tip.id))
        .limit(MOST_ALIKE)
    )
    return (await execute(session, statement)).all()


async def link(session: Session, one: UUID, other: UUID) -> TipLink | None:
    """What somebody said of two tips; they are kept in the order of their ids."""
    statement = select(TipLink).where(TipLink.tip_id == one, TipLink.other_id == other)
    return (await session.exec(statement)).one_or_none()


async def unlink(session: Session, one: UUID, other: UUID) -> int:
    gone = delete(TipLink).where(col(TipLink.tip_id) == one, col(TipLink.other_id) == other)
    return (await execute(session, gone)).rowcount
