"""What other features do with clocks: start, pause, resume, extend and meet them."""

from datetime import date, datetime
from uuid import UUID

from app.db.session import Session
from app.db.tables.deadlines import Deadline, DeadlineAct, DeadlineEvent
from app.domain.actor import Actor
from app.domain.deadlines import queries, replay
from app.domain.deadlines.days import day_of, last_day
from app.domain.deadlines.errors import AlreadyRunning, RuleNotFound
from app.domain.deadlines.replay import Act
from app.domain.deadlines.rule_context import load_rule_context
from app.domain.deadlines.rules import start as begin
from app.domain.deadlines.storage import (
    STANDS,
    WATCH,
    build_event,
    rule_context_for,
    to_deadline,
    write_state,
)
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found

PAUSED, RESUMED, EXTENDED, MET = (
    DeadlineAct.PAUSED,
    DeadlineAct.RESUMED,
    DeadlineAct.EXTENDED,
    DeadlineAct.MET,
)


async def start_deadline(
    session: Session,
    actor: Actor,
    resource: str,
    resource_id: UUID,
    unit_id: UUID,
    rule_code: str,
    at: datetime,
) -> Deadline:
    """Start the clock of a record, by the rule in force on that day."""
    made, first = await new_deadline(
        session, actor.subject, resource, resource_id, unit_id, rule_code, at
    )
    if await queries.find_live(session, resource, resource_id, rule_code):
        raise AlreadyRunning(rule=rule_code)
    await records.write(session, made, first)
    return made


async def new_deadline(
    session: Session,
    subject: str,
    resource: str,
    resource_id: UUID,
    unit_id: UUID,
    rule_code: str,
    at: datetime,
) -> tuple[Deadline, DeadlineEvent]:
    """A clock that starts and the event of it, not yet added; calendars stay until the end."""
    await queries.lock_calendars_shared(session)
    rule = await queries.rule_in_force(session, rule_code, day_of(at))
    if rule is None:
        raise RuleNotFound(wanted=rule_code)
    law = await load_rule_context(session, rule)
    clock = begin(law.term, law.days, at)
    made = Deadline(
        resource=resource, resource_id=resource_id, unit_id=unit_id, rule_id=rule.id,
        rule_code=rule.code, due_on=last_day(clock.due_at), created_by=subject,
        changed_by=subject, **{name: getattr(clock, name) for name in STANDS},
    )  # fmt: skip
    return made, build_event(made, Act(DeadlineAct.STARTED, clock.started_at), subject)


async def pause_deadline(
    session: Session, actor: Actor, id: UUID, at: datetime, *, basis: str, reason: str | None = None
) -> Deadline:
    """Suspend a clock by a decision; what remains is kept."""
    return await _act(session, actor, id, Act(PAUSED, at), basis=basis, reason=reason)


async def resume_deadline(
    session: Session, actor: Actor, id: UUID, at: datetime, *, basis: str, reason: str | None = None
) -> Deadline:
    """Let a suspended clock go on with what remained."""
    return await _act(session, actor, id, Act(RESUMED, at), basis=basis, reason=reason)


async def extend_deadline(
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


async def meet_deadline(
    session: Session, actor: Actor, id: UUID, at: datetime, *, reason: str | None = None
) -> Deadline:
    """Say that what was to be done is done; late, it stays a breach."""
    return await _act(session, actor, id, Act(MET, at), reason=reason)


async def find_deadline(
    session: Session, resource: str, resource_id: UUID, rule_code: str
) -> Deadline | None:
    """The clock of a record that is not at its end."""
    return await queries.find_live(session, resource, resource_id, rule_code)


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
    await queries.lock_calendars_shared(session)
    row = await queries.lock_deadline(session, id)
    if row is None:
        raise build_not_found(Deadline)
    law = await rule_context_for(session, row)
    events = []
    own = replay.auto_resume(to_deadline(row), act.at)
    if own and act.kind is not RESUMED:
        events.append(write_state(row, law, own, WATCH))
    events.append(write_state(row, law, act, actor.subject, basis=basis, reason=reason))
    await records.write(session, row, *events)
    return row
