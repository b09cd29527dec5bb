"""Rules of deadlines: start, pause, resume, extend, meet, breach."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from app.db.tables.deadlines import Measure
from app.domain.deadlines.days import (
    ONE_DAY,
    Days,
    Length,
    day_of,
    end_of,
    in_country_time,
    last_day,
)
from app.domain.deadlines.errors import (
    DeadlinePassed,
    ExtensionNotAllowed,
    ExtensionTooLong,
    NotTheAuthority,
    OutOfOrder,
    SuspensionNotAllowed,
    SuspensionUsedUp,
)
from app.domain.deadlines.terms import (
    ACTIONS,
    BREACHED,
    EXTENDED,
    MET,
    PAUSED,
    RUNNING,
    RUNNING_STATES,
    DeadlineStatus,
    DeadlineTerm,
    ExtensionRule,
)
from app.domain.errors import IllegalTransition


def start(term: DeadlineTerm, days: Days, at: datetime) -> DeadlineStatus:
    """Begin to count: hours from the moment, all else from the day after."""
    at = in_country_time(at)
    begin = at if term.length.measure is Measure.HOUR else end_of(day_of(at))
    ends = term.length.after(begin, day_of(at), days)
    return DeadlineStatus(RUNNING, at, ends, _due(term, days, ends), at)


def pause(status: DeadlineStatus, term: DeadlineTerm, days: Days, at: datetime) -> DeadlineStatus:
    """Stop counting and store the remaining time."""
    at = _check_order(status, "pause", at)
    if not term.suspension_allowed:
        raise SuspensionNotAllowed()
    _check_not_passed(status, at)
    ends = None
    if term.suspension_most is not None:
        ends = at + term.suspension_most - timedelta(seconds=status.paused_seconds)
        if ends <= at:
            raise SuspensionUsedUp(days=term.suspension_most.days)
    end = status.ends_at if at <= status.ends_at else status.due_at
    seconds = days_left = None
    if term.length.measure is Measure.WORKING_DAY:
        days_left = days.count_working_days(_first_counted(status, at), last_day(end))
    else:
        seconds = int((end - at).total_seconds())
    return replace(
        status, state=PAUSED, acted_at=at, paused_at=at, pause_ends_at=ends,
        remaining_seconds=seconds, remaining_days=days_left,
    )  # fmt: skip


def resume(status: DeadlineStatus, term: DeadlineTerm, days: Days, at: datetime) -> DeadlineStatus:
    """Resume with the remaining time; a suspension beyond its longest has ended by itself."""
    at = _check_order(status, "resume", at)
    assert status.paused_at is not None
    again = min(at, status.pause_ends_at or at)
    if status.remaining_days is None:
        ends = again + timedelta(seconds=status.remaining_seconds or 0)
    else:
        ends = end_of(days.nth_working_day(_first_counted(status, again), status.remaining_days))
    lasted = int((again - status.paused_at).total_seconds())
    return replace(
        status, state=EXTENDED if status.extensions else RUNNING, acted_at=again, ends_at=ends,
        due_at=_due(term, days, ends), paused_at=None, pause_ends_at=None, remaining_seconds=None,
        remaining_days=None, paused_seconds=status.paused_seconds + lasted,
    )  # fmt: skip


def extend(
    status: DeadlineStatus,
    term: DeadlineTerm,
    days: Days,
    at: datetime,
    authority: str,
    count: int | None = None,
) -> DeadlineStatus:
    """Add the time of the next declared authority, before the term has passed."""
    at = _check_order(status, "extend", at)
    _check_not_passed(status, at)
    step = next_step(status, term)
    if step.authority != authority:
        raise NotTheAuthority(authority=authority, needed=step.authority)
    most = step.length.count
    if count is not None and not 0 < count <= most:
        raise ExtensionTooLong(most=most, measure=step.length.measure.value)
    length = Length(count or most, step.length.measure)
    ends = length.after(status.ends_at, last_day(status.ends_at), days)
    return replace(
        status, state=EXTENDED, acted_at=at, ends_at=ends, due_at=_due(term, days, ends),
        extensions=status.extensions + 1,
    )  # fmt: skip


def next_step(status: DeadlineStatus, term: DeadlineTerm) -> ExtensionRule:
    """Return the next extension in the order that the rule declares."""
    if status.extensions >= len(term.steps):
        raise ExtensionNotAllowed(times=len(term.steps))
    return term.steps[status.extensions]


def meet(status: DeadlineStatus, term: DeadlineTerm, days: Days, at: datetime) -> DeadlineStatus:
    """Record the work as done: in time, or late, which stays a breach."""
    at = _check_order(status, "meet", at)
    if status.state is PAUSED:
        status = resume(status, term, days, at)
    if status.met_at is not None:
        raise IllegalTransition(status.state, "meet", [])
    late = is_passed(status, at)
    return replace(
        status, state=BREACHED if late else MET, acted_at=at, met_at=at,
        breached_at=status.due_at if late else None,
    )  # fmt: skip


def breach(status: DeadlineStatus) -> DeadlineStatus:
    """Mark a term that has passed without the work done."""
    return replace(status, state=BREACHED, acted_at=status.due_at, breached_at=status.due_at)


def is_passed(status: DeadlineStatus, at: datetime) -> bool:
    """Return whether the term is over; a paused term does not pass."""
    return status.state is BREACHED or (status.state in RUNNING_STATES and at > status.due_at)


def _due(term: DeadlineTerm, days: Days, ends: datetime) -> datetime:
    """Return the due moment; a rolling term ends with a working day, even after a pause."""
    return end_of(days.nth_working_day(last_day(ends))) if term.rolls else ends


def _first_counted(status: DeadlineStatus, at: datetime) -> date:
    return max(day_of(at), day_of(status.started_at) + ONE_DAY)


def _check_order(status: DeadlineStatus, action: str, at: datetime) -> datetime:
    at = in_country_time(at)
    if action not in ACTIONS[status.state]:
        raise IllegalTransition(status.state, action, ACTIONS[status.state])
    if at < status.acted_at:
        raise OutOfOrder(at=at.isoformat(), since=in_country_time(status.acted_at).isoformat())
    return at


def _check_not_passed(status: DeadlineStatus, at: datetime) -> None:
    if is_passed(status, at):
        raise DeadlinePassed(due=in_country_time(status.due_at).isoformat())
