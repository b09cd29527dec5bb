"""Completeness of a figure: the communes that are expected to record, and those that have."""

from app.db.session import Session
from app.domain.figures import map_queries
from app.domain.figures.engine import Sums
from app.domain.figures.question import Question
from app.domain.figures.schemas import Completeness


async def count_complete(session: Session, question: Question, sums: Sums) -> Completeness:
    """Count the communes of a unit, and those with a fact in the window."""
    place = question.place
    expected = await map_queries.count_communes(session, place.unit, place.map_day)
    return Completeness(expected=max(expected, 1), with_facts=sums.communes)
