"""Committees that decide: that of the unit, as it stands on the day, by one of its positions."""

from datetime import date

from sqlmodel import col, or_, select

from app.db.session import Session
from app.db.tables.committees import Committee
from app.db.tables.criteria import EvaluationRound
from app.domain.actor import Actor
from app.domain.criteria.errors import NoCommittee, PositionNotTaken, UnknownPosition


async def check_position(
    session: Session, actor: Actor, held: EvaluationRound, action: str, position: str | None,
    day: date,
) -> None:  # fmt: skip
    """Refuse a decision that the caller's committee has to make, but by one of its positions."""
    if action != "decide" or held.decide_committee is None:
        if position is not None:
            raise PositionNotTaken(action)
        return
    found = await find_committee(session, actor, held, day)
    if found is None:
        raise NoCommittee(scope=held.decide_committee.value, day=day.isoformat())
    known = [found.chair_position, *found.member_positions]
    if position not in known:
        raise UnknownPosition(known)


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
