"""What befalls clocks without anybody acting on them: they run out, or their calendar changes."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.deadlines import Deadline, DeadlineAct
from app.domain.actor import Actor
from app.domain.deadlines import queries, replay
from app.domain.deadlines.replay import Act
from app.domain.deadlines.rule_context import RuleContext
from app.domain.deadlines.storage import (
    WATCH,
    apply_state,
    build_event,
    rule_context_for,
    to_deadline,
    write_state,
)
from app.domain.deadlines.terms import DeadlineClock
from app.domain.errors import DomainError
from app.domain.records import kit as records

AutomaticAct = Callable[[DeadlineClock, datetime], Act | None]


async def breach_overdue(session: Session, at: datetime, *, most: int = 1000) -> int:
    """Mark clocks that have run out, each once, and wake those suspended for too long."""
    await queries.lock_calendars_shared(session)
    await _apply_automatic(
        session, await queries.list_lapsed(session, at, most), at, replay.auto_resume
    )
    late = await queries.list_overdue(session, at, most)
    await _apply_automatic(session, late, at, replay.auto_breach)
    return len(late)


async def _apply_automatic(
    session: Session, rows: Sequence[Deadline], at: datetime, what: AutomaticAct
) -> None:
    laws: dict[UUID, RuleContext] = {}
    events = []
    for row in rows:
        if row.rule_id not in laws:
            laws[row.rule_id] = await rule_context_for(session, row)
        act = what(to_deadline(row), at)
        assert act is not None
        events.append(write_state(row, laws[row.rule_id], act, WATCH))
    await records.write(session, *rows, *events)


async def recalculate(
    session: Session, actor: Actor, calendar_id: UUID, *, since: date, basis: str
) -> int:
    """Lay running clocks over a calendar that was corrected; how many end at another time."""
    moved: list[Deadline] = []
    events = []
    for row in await queries.list_affected(session, calendar_id, since):
        clock = await _replay_with_calendar(session, row)
        if clock is None or clock.due_at == row.due_at:
            continue
        apply_state(row, clock, actor.subject)
        act = Act(DeadlineAct.RECKONED, now())
        events.append(build_event(row, act, actor.subject, basis=basis))
        moved.append(row)
    await records.write(session, *moved, *events)
    return len(moved)


async def _replay_with_calendar(session: Session, row: Deadline) -> DeadlineClock | None:
    """The clock by today's calendar; None where an act of old would not have been possible."""
    law = await rule_context_for(session, row)
    told = await queries.list_events(session, row.id)
    acts = [
        Act(past.act, past.occurred_at, past.authority or "", past.length)
        for past in told
        if past.act is not DeadlineAct.RECKONED
    ]
    try:
        *_, (_, clock) = replay.replay(law.term, law.days, acts)
    except DomainError:  # it was done by the calendar of its day, and stands
        return None
    return clock
