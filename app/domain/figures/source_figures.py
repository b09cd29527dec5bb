"""Stated figures beside a computed one: of the same measure, unit and time, never added."""

from app.db.session import Session
from app.domain.figures import queries
from app.domain.figures.question import Question
from app.domain.figures.schemas import StatedBeside


async def list_beside(session: Session, measure: str, question: Question) -> list[StatedBeside]:
    """List what sources state of a measure for the unit and a period within the window."""
    first, last = question.period.first, question.period.last
    rows = await queries.list_stated(session, question.place.unit.id, measure, first, last)
    return [StatedBeside(**row.model_dump(include=set(StatedBeside.model_fields))) for row in rows]
