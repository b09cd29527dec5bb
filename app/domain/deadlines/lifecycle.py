"""Start, pause, resume, extend and meet deadlines, for other features."""

from collections.abc import Sequence
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
    STATUS_FIELDS,
    SYSTEM,
    build_event,
    rule_context_for,
    to_status,
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
    """Start the deadline of a record, by the rule in force on that day."""
    deadline, event = await new_deadline(
        session, actor.subject, resource, resource_id, unit_id, rule_code, at
    )
    if await queries.find_open(session, resource, resource_id, rule_code):
        raise AlreadyRunning(rule=rule_code)
    await records.write(session, deadline, event)
    return deadline


async def new_deadline(
    session: Session,
    subject: str,
    resource: str,
    resource_id: UUID,
    unit_id: UUID,
    rule_code: str,
    at: datetime,
) -> tuple[Deadline, DeadlineEvent]:
    """Build a deadline and its first event, unsaved; calendars stay locked until the end."""
    [made] = await _build(session, subject, resource, [(resource_id, unit_id)], rule_code, at)
    return made


async def start_deadlines(
    session: Session, actor: Actor, resource: str, owners: Sequence[tuple[UUID, UUID]],
    rule_code: str, at: datetime,
) -> None:  # fmt: skip
    """Start a deadline for each of many new records and their units, by one rule."""
    made = await _build(session, actor.subject, resource, owners, rule_code, at)
    await records.write(session, *(one for one, _ in made), *(event for _, event in made))


async def _build(
    session: Session, subject: str, resource: str, owners: Sequence[tuple[UUID, UUID]],
    rule_code: str, at: datetime,
) -> list[tuple[Deadline, DeadlineEvent]]:  # fmt: skip
    await queries.lock_calendars_shared(session)
    rule = await queries.find_rule_in_force(session, rule_code, day_of(at))
    if rule is None:
        raise RuleNotFound(wanted=rule_code)
    context = await load_rule_context(session, rule)
    status = begin(context.term, context.days, at)
    known = {name: getattr(status, name) for name in STATUS_FIELDS}
    started = Act(DeadlineAct.STARTED, status.started_at)
    made = [
        Deadline(
            resource=resource, resource_id=id, unit_id=unit, rule_id=rule.id, rule_code=rule.code,
            due_on=last_day(status.due_at), created_by=subject, changed_by=subject, **known,
        )
        for id, unit in owners
    ]  # fmt: skip
    return [(one, build_event(one, started, subject)) for one in made]


async def pause_deadline(
    session: Session, actor: Actor, id: UUID, at: datetime, *, basis: str, reason: str | None = None
) -> Deadline:
    """Suspend a deadline by a decision; the remaining time is stored."""
    return await _act(session, actor, id, Act(PAUSED, at), basis=basis, reason=reason)


async def resume_deadline(
    session: Session, actor: Actor, id: UUID, at: datetime, *, basis: str, reason: str | None = None
) -> Deadline:
    """Resume a suspended deadline with its remaining time."""
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
    """Extend a deadline by its rule's next extension, or by less of it."""
    act = Act(EXTENDED, at, authority, count)
    return await _act(session, actor, id, act, basis=basis, reason=reason)


async def meet_deadline(
    session: Session, actor: Actor, id: UUID, at: datetime, *, reason: str | None = None
) -> Deadline:
    """Record the work as done; where it is late, the deadline stays breached."""
    return await _act(session, actor, id, Act(MET, at), reason=reason)


async def find_deadline(
    session: Session, resource: str, resource_id: UUID, rule_code: str
) -> Deadline | None:
    """Find the deadline of a record that has not ended."""
    return await queries.find_open(session, resource, resource_id, rule_code)


def due_in_days(deadline: Deadline, today: date) -> int:
    """Return how many days are left: zero on the last day, less when it is over."""
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
    context = await rule_context_for(session, row)
    events = []
    automatic = replay.auto_resume(to_status(row), act.at)
    if automatic and act.kind is not RESUMED:
        events.append(write_state(row, context, automatic, SYSTEM))
    events.append(write_state(row, context, act, actor.subject, basis=basis, reason=reason))
    await records.write(session, row, *events)
    return row
