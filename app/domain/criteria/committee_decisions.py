"""Committees that decide: that of the unit, as it stands on the day, by one of its positions."""

from datetime import date

from app.db.session import Session
from app.db.tables.criteria import EvaluationRound
from app.domain.actor import Actor
from app.domain.criteria.committee_queries import find_committee
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
