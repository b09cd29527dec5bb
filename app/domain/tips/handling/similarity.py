"""Every SQL statement on sketches of tips and on links between them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, exists, func, or_, text
from sqlmodel import col, select

from app.db.aliases import alias_table
from app.db.session import Session, execute
from app.db.tables.tip_parts import TipLikeness
from app.db.tables.tips import Tip, TipLink
from app.domain.actor import Actor
from app.domain.tips.scope import TIPS_BY_PLACE
from app.domain.tips.sketches import VALUES

MAX_DISTANCE, MIN_SIMILARITY, MAX_SIMILAR = timedelta(days=90), 0.4, 20
REPLACE_SKETCH = """
UPDATE tip_likeness SET value = sketch.value
FROM unnest(CAST(:values AS bigint[])) WITH ORDINALITY AS sketch(value, number)
WHERE tip_id = :tip AND place = sketch.number - 1
"""


async def replace_sketch(session: Session, tip: UUID, values: Sequence[int]) -> None:
    """Replace the sketch of a tip."""
    await execute(session, text(REPLACE_SKETCH), {"tip": tip, "values": list(values)})


async def find_similar(session: Session, actor: Actor, tip: Tip) -> Sequence[Any]:
    """Find tips in the actor's scope with a similar sketch, the most similar first."""
    own: Any = alias_table(TipLikeness)
    its: Any = alias_table(TipLikeness)
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
            Tip.received_on >= tip.received_on - MAX_DISTANCE,
            Tip.received_on <= tip.received_on + MAX_DISTANCE,
        )
        .group_by(Tip.id)
        .having(common >= MIN_SIMILARITY * VALUES)
        .order_by(common.desc(), col(Tip.id))
        .limit(MAX_SIMILAR)
    )
    return (await execute(session, statement)).all()


async def find_link(session: Session, one: UUID, other: UUID) -> TipLink | None:
    """Find the link between two tips, given in the order of their ids."""
    statement = select(TipLink).where(TipLink.tip_id == one, TipLink.other_id == other)
    return (await session.exec(statement)).one_or_none()


async def delete_link(session: Session, one: UUID, other: UUID) -> int:
    """Delete the link between two tips; return how many there were."""
    gone = delete(TipLink).where(col(TipLink.tip_id) == one, col(TipLink.other_id) == other)
    return (await execute(session, gone)).rowcount
