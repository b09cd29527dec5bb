"""What befalls clocks without anybody acting on them: they run out, or their calendar changes."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.deadlines import Deadline, DeadlineAct
from app.domain.actor import Actor
from app.domain.errors import DomainError
from app.domain.records import kit as records
from app.domain.records.deadlines import playing, queries
from app.domain.records.deadlines.law import Law
from app.domain.records.deadlines.playing import Act
from app.domain.records.deadlines.recording import WATCH, clock_from, event, law_for, stand, write
from app.domain.records.deadlines.terms import Clock

Befalls = Callable[[Clock, datetime], Act | None]


async def breach_overdue(session: Session, at: datetime, *, most: int = 1000) -> int:
    """Mark clocks that have run out, each once, and wake those suspended for too long."""
    await queries.hold_calendars(session)
    await _befall(session, await queries.lapsed(session, at, most), at, playing.lapse)
    late = await queries.overdue(session, at, most)
    await _befall(session, late, at, playing.passing)
    return len(late)


async def _befall(session: Session, rows: Sequence[Deadline], at: datetime, what: Befalls) -> None:
    laws: dict[UUID, Law] = {}
    events = []
    for row in rows:
        if row.rule_id not in laws:
            laws[row.rule_id] = await law_for(session, row)
        act = what(clock_from(row), at)
        assert act is not None
        events.append(write(row, laws[row.rule_id], act, WATCH))
    await records.write(session, *rows, *events)


async def reckon_anew(
    session: Session, actor: Actor, calendar_id: UUID, *, since: date, basis: str
) -> int:
    """Lay running clocks over a calendar that was corrected; how many end at another time."""
    moved: list[Deadline] = []
    events = []
    for row in await queries.laid_over(session, calendar_id, since):
        clock = await _played_anew(session, row)
        if clock is None or clock.due_at == row.due_at:
            continue
        stand(row, clock, actor.subject)
        act = Act(DeadlineAct.RECKONED, now())
        events.append(event(row, act, actor.subject, basis=basis))
        moved.append(row)
    await records.write(session, *moved, *events)
    return len(moved)


async def _played_anew(session: Session, row: Deadline) -> Clock | None:
    """The clock by today's calendar; None where an act of old would not have been possible."""
    law = await law_for(session, row)
    told = await queries.events(session, row.id)
    acts = [
        Act(past.act, past.occurred_at, past.authority or "", past.length)
        for past in told
        if past.act is not DeadlineAct.RECKONED
    ]
    try:
        *_, (_, clock) = playing.play(law.term, law.days, acts)
    except DomainError:  # it was done by the calendar of its day, and stands
        return None
    return clock
