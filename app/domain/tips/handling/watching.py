"""What befalls tips without anybody acting on them: they are late."""

from app.db.base import now
from app.db.session import Session
from app.domain.deadlines.days import day_of
from app.domain.tips.handling import queries


async def tell_overdue_tips(session: Session) -> int:
    """Mark tips whose term ended on an earlier day, each once; whoever follows is told the day."""
    return await queries.tell_overdue(session, day_of(now()))
