"""The comparison of a figure with another window, on comparable territory."""

from app.db.session import Session
from app.db.tables.units import UnitLevel
from app.domain.figures import map_queries, rules
from app.domain.figures.engine import Sums
from app.domain.figures.question import Question
from app.domain.figures.schemas import ComparedFigure, Comparison

CHANGED = "territory_changed"  # why two windows are not comparable
UNKNOWN = "suppressed"
COMPARED = 2  # the number of the window that is compared with


async def compare_figure(
    session: Session, question: Question, sums: Sums, kind: Comparison | None
) -> ComparedFigure | None:
    """Compare a figure; on the maps of their own days, two windows may differ in territory."""
    period = question.compared
    if kind is None or period is None:
        return None
    base = sums.of(COMPARED)
    reason = await _find_reason(session, question)
    if base.suppressed or sums.of(1).suppressed:
        reason = reason or UNKNOWN
    difference, percent = rules.compute_change(sums.of(1), base) if reason is None else (None, None)
    return ComparedFigure(
        kind=kind, since=period.first, until=period.last, value=base.value,
        qualifier=base.qualifier, comparable=reason is None, not_comparable=reason,
        difference=difference, percent=percent, small_base=rules.is_small(base.value),
    )  # fmt: skip


async def _find_reason(session: Session, question: Question) -> str | None:
    place, period = question.place, question.compared
    assert period is not None, "only comparisons have one"
    if place.boundary_day is not None or place.unit.level is UnitLevel.NATIONAL:
        return None  # both windows are counted on one map
    last = question.on(question.period)
    changed = await map_queries.has_changed(session, place.unit.id, period.first, last)
    return CHANGED if changed else None
