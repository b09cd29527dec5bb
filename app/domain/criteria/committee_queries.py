"""The SQL on committees that decide."""

from datetime import date

from sqlmodel import col, or_, select

from app.db.session import Session
from app.db.tables.committees import Committee
from app.db.tables.criteria import EvaluationRound
from app.domain.actor import Actor


async def find_committee(
    session: Session, actor: Actor, held: EvaluationRound, day: date
) -> Committee | None:
    """Find the committee of the caller's unit that a round names, as it stands on a day."""
    one = Committee
    statement = select(one).where(
        one.unit_id == actor.unit_id, one.scope == held.decide_committee,
        col(one.voided_at).is_(None), one.established_on <= day,
        or_(col(one.dissolved_on).is_(None), col(one.dissolved_on) > day),
    ).order_by(col(one.established_on).desc()).limit(1)  # fmt: skip
    return (await session.exec(statement)).first()
