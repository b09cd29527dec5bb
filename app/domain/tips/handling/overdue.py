"""Overdue tips, marked by a job without anybody acting on them."""

from app.db.base import now
from app.db.session import Session
from app.domain.deadlines.days import day_of
from app.domain.tips.handling import queries


async def mark_overdue_tips(session: Session) -> int:
    """Mark tips whose deadline ended on an earlier day, each once; followers learn the day."""
    return await queries.mark_overdue(session, day_of(now()))
