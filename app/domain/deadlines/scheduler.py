"""Automatic changes of deadlines: they run out, or their calendar changes."""

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
    SYSTEM,
    apply_state,
    build_event,
    rule_context_for,
    to_status,
    write_state,
)
from app.domain.deadlines.terms import DeadlineStatus
from app.domain.errors import DomainError
from app.domain.records import kit as records

AutomaticAct = Callable[[DeadlineStatus, datetime], Act | None]


async def breach_overdue(session: Session, at: datetime, *, most: int = 1000) -> int:
    """Mark overdue deadlines, each once, and resume those suspended for too long."""
    await queries.lock_calendars_shared(session)
    await _apply_automatic(
        session, await queries.list_lapsed(session, at, most), at, replay.auto_resume
    )
    late = await queries.list_overdue(session, at, most)
    await _apply_automatic(session, late, at, replay.auto_breach)
    return len(late)


async def _apply_automatic(
    session: Session, rows: Sequence[Deadline], at: datetime, build_act: AutomaticAct
) -> None:
    contexts: dict[UUID, RuleContext] = {}
    events = []
    for row in rows:
        if row.rule_id not in contexts:
            contexts[row.rule_id] = await rule_context_for(session, row)
        act = build_act(to_status(row), at)
        assert act is not None
        events.append(write_state(row, contexts[row.rule_id], act, SYSTEM))
    await records.write(session, *rows, *events)


async def recalculate(
    session: Session, actor: Actor, calendar_id: UUID, *, since: date, basis: str
) -> int:
    """Recalculate running deadlines on a corrected calendar; return how many moved."""
    moved: list[Deadline] = []
    events = []
    for row in await queries.list_affected(session, calendar_id, since):
        status = await _replay_on_calendar(session, row)
        if status is None or status.due_at == row.due_at:
            continue
        apply_state(row, status, actor.subject)
        act = Act(DeadlineAct.RECKONED, now())
        events.append(build_event(row, act, actor.subject, basis=basis))
        moved.append(row)
    await records.write(session, *moved, *events)
    return len(moved)


async def _replay_on_calendar(session: Session, row: Deadline) -> DeadlineStatus | None:
    """Replay a deadline on today's calendar; return None where an old act is impossible on it."""
    context = await rule_context_for(session, row)
    events = await queries.list_events(session, row.id)
    acts = [
        Act(past.act, past.occurred_at, past.authority or "", past.length)
        for past in events
        if past.act is not DeadlineAct.RECKONED
    ]
    try:
        *_, (_, status) = replay.replay(context.term, context.days, acts)
    except DomainError:  # it was done by the calendar of its day, and stands
        return None
    return status
