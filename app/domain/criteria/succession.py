"""Evaluations of units that a change of the map has ended: those of their successors go on."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from app.db.session import Session
from app.db.tables.criteria import Evaluation, EvaluationRound, EvaluationState
from app.domain.criteria import succession_queries
from app.domain.criteria.rounds import LEVEL_OF
from app.domain.criteria.states import SUCCESSION
from app.domain.records import kit as records
from app.domain.records.schemas import TransitionInput
from app.domain.units.shape import today


async def continue_ended(
    session: Session, held: EvaluationRound, made: Iterable[Evaluation]
) -> list[records.Edit]:
    """Close what the new evaluations go on from; each cites the first of these that it has.

    What is decided stays as it was decided, and is cited all the same.
    """
    heirs = {one.subject_id: one for one in made}
    found = await succession_queries.list_continued(session, held.id, heirs, last_day(held))
    rows = await succession_queries.lock_by_id(session, {one.id for one in found})
    edits = dict[UUID, records.Edit]()
    for one in found:
        heir, row = heirs[one.heir], rows[one.id]
        heir.follows_id = heir.follows_id or row.id
        if row.id not in edits and row.state in _list_open():
            edits[row.id] = _close(row, heir)
    return list(edits.values())


async def list_ended(
    session: Session, held: EvaluationRound, rows: Iterable[Evaluation]
) -> set[UUID]:
    """Return the subjects of these evaluations that ended before the window did."""
    units = [row.subject_id for row in rows if row.subject_kind in LEVEL_OF]
    if not units:
        return set()
    return await succession_queries.list_ended(session, units, last_day(held))


def last_day(held: EvaluationRound) -> date:
    """Return the day whose map a round goes by: the last of its window, or today before that."""
    return min(held.window_to, today())


def _list_open() -> set[EvaluationState]:
    return {state for step in SUCCESSION.steps for state in step.sources}


def _close(row: Evaluation, heir: Evaluation) -> records.Edit:
    words = TransitionInput(action="close", reason=f"→ {heir.id}")
    step = SUCCESSION.apply(row.state, words, effective_on=today())
    row.state, row.continued_by_id = EvaluationState(step.to_state), heir.id
    return records.Edit(row, ["continued_by_id", "state"], step)
