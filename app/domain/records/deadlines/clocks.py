"""What other features do with clocks: start, pause, resume, extend, meet; and who runs late."""

from dataclasses import fields
from datetime import date, datetime
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.deadlines import Deadline, DeadlineAct, DeadlineEvent
from app.domain.actor import Actor
from app.domain.errors import DomainError
from app.domain.records.deadlines import playing, queries
from app.domain.records.deadlines.days import Length, day_of, last_day
from app.domain.records.deadlines.errors import AlreadyRunning, DeadlineNotFound, RuleNotFound
from app.domain.records.deadlines.law import Law, law_of
from app.domain.records.deadlines.playing import Act
from app.domain.records.deadlines.rules import Clock
from app.domain.records.deadlines.rules import start as begin

STANDS = tuple(field.name for field in fields(Clock))
WATCH = "system"
PAUSED, RESUMED, EXTENDED, MET = (
    DeadlineAct.PAUSED,
    DeadlineAct.RESUMED,
    DeadlineAct.EXTENDED,
    DeadlineAct.MET,
)


async def start(
    session: Session,
    actor: Actor,
    resource: str,
    resource_id: UUID,
    unit_id: UUID,
    rule_code: str,
    at: datetime,
) -> Deadline:
    """Start the clock of a record, by the rule in force on that day."""
    await queries.hold_calendars(session)
    rule = await queries.rule_in_force(session, rule_code, day_of(at))
    if rule is None:
        raise RuleNotFound(wanted=rule_code)
    if await queries.live(session, resource, resource_id, rule_code):
        raise AlreadyRunning(rule=rule_code)
    law = await law_of(session, rule)
    clock = begin(law.term, law.days, at)
    made = Deadline(
        resource=resource, resource_id=resource_id, unit_id=unit_id, rule_id=rule.id,
        rule_code=rule.code, due_on=last_day(clock.due_at), created_by=actor.subject,
        changed_by=actor.subject, **{name: getattr(clock, name) for name in STANDS},
    )  # fmt: skip
    session.add(made)
    await session.flush()
    session.add(_event(made, Act(DeadlineAct.STARTED, clock.started_at), actor.subject))
    await session.flush()
    return made


async def pause(
    session: Session, actor: Actor, id: UUID, at: datetime, *, basis: str, reason: str | None = None
) -> Deadline:
    """Suspend a clock by a decision; what remains is kept."""
    return await _act(session, actor, id, Act(PAUSED, at), basis=basis, reason=reason)


async def resume(
    session: Session, actor: Actor, id: UUID, at: datetime, *, basis: str, reason: str | None = None
) -> Deadline:
    """Let a suspended clock go on with what remained."""
    return await _act(session, actor, id, Act(RESUMED, at), basis=basis, reason=reason)


async def extend(
    session: Session,
    actor: Actor,
    id: UUID,
    at: datetime,
    *,
    authority: str,
    basis: str,
    reason: str | None = None,
    count: int | None = None,
) -> Deadline:
    """Extend a clock by what its rule declares next, or by less of it."""
    act = Act(EXTENDED, at, authority, count)
    return await _act(session, actor, id, act, basis=basis, reason=reason)


async def meet(
    session: Session, actor: Actor, id: UUID, at: datetime, *, reason: str | None = None
) -> Deadline:
    """Say that what was to be done is done; late, it stays a breach."""
    return await _act(session, actor, id, Act(MET, at), reason=reason)


async def clock_of(
    session: Session, resource: str, resource_id: UUID, rule_code: str
) -> Deadline | None:
    """The clock of a record that is not at its end."""
    return await queries.live(session, resource, resource_id, rule_code)


def due_in_days(deadline: Deadline, today: date) -> int:
    """How many days are left, none on the last; fewer than none when it is over."""
    return (deadline.due_on - today).days


async def breach_overdue(session: Session, at: datetime, *, most: int = 1000) -> int:
    """Mark clocks that have run out, each once, and wake those suspended for too long."""
    await queries.hold_calendars(session)
    for row in await queries.lapsed(session, at, most):
        act = playing.lapse(clock_from(row), at)
        assert act is not None
        session.add(_write(row, await _law(session, row), act, WATCH))
    await session.flush()
    late = await queries.overdue(session, at, most)
    for row in late:
        act = playing.passing(clock_from(row), at)
        assert act is not None
        session.add(_write(row, await _law(session, row), act, WATCH))
    await session.flush()
    return len(late)


async def reckon_anew(
    session: Session, actor: Actor, calendar_id: UUID, *, since: date, basis: str
) -> int:
    """Lay running clocks over a calendar that was corrected; how many end at another time."""
    moved = 0
    for row in await queries.laid_over(session, calendar_id, since):
        clock = await _played_anew(session, row)
        if clock is None or clock.due_at == row.due_at:
            continue
        _stand(row, clock, actor.subject)
        act = Act(DeadlineAct.RECKONED, now())
        session.add(_event(row, act, actor.subject, basis=basis))
        moved += 1
    await session.flush()
    return moved


async def _played_anew(session: Session, row: Deadline) -> Clock | None:
    """The clock by today's calendar; None where an act of old would not have been possible."""
    law = await _law(session, row)
    told = await queries.events(session, row.id)
    acts = [
        Act(event.act, event.occurred_at, event.authority or "", event.length)
        for event in told
        if event.act is not DeadlineAct.RECKONED
    ]
    try:
        *_, (_, clock) = playing.play(law.term, law.days, acts)
    except DomainError:  # it was done by the calendar of its day, and stands
        return None
    return clock


async def _act(
    session: Session,
    actor: Actor,
    id: UUID,
    act: Act,
    *,
    basis: str | None = None,
    reason: str | None = None,
) -> Deadline:
    await queries.hold_calendars(session)
    row = await queries.deadline(session, id)
    if row is None:
        raise DeadlineNotFound()
    law = await _law(session, row)
    own = playing.lapse(clock_from(row), act.at)
    if own and act.kind is not RESUMED:
        session.add(_write(row, law, own, WATCH))
    session.add(_write(row, law, act, actor.subject, basis=basis, reason=reason))
    await session.flush()
    return row


def _write(
    row: Deadline,
    law: Law,
    act: Act,
    subject: str,
    *,
    basis: str | None = None,
    reason: str | None = None,
) -> DeadlineEvent:
    before = clock_from(row)
    _stand(row, playing.done(before, law.term, law.days, act), subject)
    length = None
    if act.kind is EXTENDED:
        declared = law.term.steps[before.extensions].length
        length = Length(act.count or declared.count, declared.measure)
    return _event(row, act, subject, basis=basis, reason=reason, length=length)


def _stand(row: Deadline, clock: Clock, subject: str) -> None:
    for name in STANDS:
        setattr(row, name, getattr(clock, name))
    row.due_on = last_day(clock.due_at)
    row.version += 1
    row.changed_at, row.changed_by = now(), subject


def _event(
    row: Deadline,
    act: Act,
    subject: str,
    *,
    basis: str | None = None,
    reason: str | None = None,
    length: Length | None = None,
) -> DeadlineEvent:
    return DeadlineEvent(
        deadline_id=row.id, number=row.version, act=act.kind, occurred_at=act.at,
        recorded_by=subject, due_at=row.due_at, authority=act.authority or None, basis=basis,
        reason=reason, length=length.count if length else None,
        measure=length.measure if length else None,
    )  # fmt: skip


def clock_from(row: Deadline) -> Clock:
    return Clock(**{name: getattr(row, name) for name in STANDS})


async def _law(session: Session, row: Deadline) -> Law:
    return await law_of(session, await queries.rule(session, row.rule_id))
