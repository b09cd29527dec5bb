"""What other features do with clocks: start, pause, resume, extend and meet them."""

from datetime import date, datetime
from uuid import UUID

from app.db.session import Session
from app.db.tables.deadlines import Deadline, DeadlineAct, DeadlineEvent
from app.domain.actor import Actor
from app.domain.records import kit as records
from app.domain.records.deadlines import playing, queries
from app.domain.records.deadlines.days import day_of, last_day
from app.domain.records.deadlines.errors import AlreadyRunning, RuleNotFound
from app.domain.records.deadlines.law import law_of
from app.domain.records.deadlines.playing import Act
from app.domain.records.deadlines.recording import (
    STANDS,
    WATCH,
    clock_from,
    event,
    law_for,
    write,
)
from app.domain.records.deadlines.rules import start as begin
from app.domain.records.errors import build_not_found

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
    made, first = await begun(session, actor.subject, resource, resource_id, unit_id, rule_code, at)
    if await queries.live(session, resource, resource_id, rule_code):
        raise AlreadyRunning(rule=rule_code)
    await records.write(session, made, first)
    return made


async def begun(
    session: Session,
    subject: str,
    resource: str,
    resource_id: UUID,
    unit_id: UUID,
    rule_code: str,
    at: datetime,
) -> tuple[Deadline, DeadlineEvent]:
    """A clock that starts and the event of it, not yet added; calendars stay until the end."""
    await queries.hold_calendars(session)
    rule = await queries.rule_in_force(session, rule_code, day_of(at))
    if rule is None:
        raise RuleNotFound(wanted=rule_code)
    law = await law_of(session, rule)
    clock = begin(law.term, law.days, at)
    made = Deadline(
        resource=resource, resource_id=resource_id, unit_id=unit_id, rule_id=rule.id,
        rule_code=rule.code, due_on=last_day(clock.due_at), created_by=subject,
        changed_by=subject, **{name: getattr(clock, name) for name in STANDS},
    )  # fmt: skip
    return made, event(made, Act(DeadlineAct.STARTED, clock.started_at), subject)


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
        raise build_not_found(Deadline)
    law = await law_for(session, row)
    events = []
    own = playing.lapse(clock_from(row), act.at)
    if own and act.kind is not RESUMED:
        events.append(write(row, law, own, WATCH))
    events.append(write(row, law, act, actor.subject, basis=basis, reason=reason))
    await records.write(session, row, *events)
    return row
