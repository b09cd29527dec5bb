"""What becomes of a clock when it starts, pauses, goes on, is extended, is met or runs out."""

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
    DeadlineClock,
    DeadlineTerm,
    ExtensionRule,
)
from app.domain.errors import IllegalTransition


def start(term: DeadlineTerm, days: Days, at: datetime) -> DeadlineClock:
    """Begin to count: hours from the moment, all else from the day after."""
    at = in_country_time(at)
    begin = at if term.length.measure is Measure.HOUR else end_of(day_of(at))
    ends = term.length.after(begin, day_of(at), days)
    return DeadlineClock(RUNNING, at, ends, _due(term, days, ends), at)


def pause(clock: DeadlineClock, term: DeadlineTerm, days: Days, at: datetime) -> DeadlineClock:
    """Stop counting and keep what remains."""
    at = _in_turn(clock, "pause", at)
    if not term.suspension_allowed:
        raise SuspensionNotAllowed()
    _not_passed(clock, at)
    ends = None
    if term.suspension_most is not None:
        ends = at + term.suspension_most - timedelta(seconds=clock.paused_seconds)
        if ends <= at:
            raise SuspensionUsedUp(days=term.suspension_most.days)
    end = clock.ends_at if at <= clock.ends_at else clock.due_at
    seconds = days_left = None
    if term.length.measure is Measure.WORKING_DAY:
        days_left = days.count_working_days(_first_counted(clock, at), last_day(end))
    else:
        seconds = int((end - at).total_seconds())
    return replace(
        clock, state=PAUSED, acted_at=at, paused_at=at, pause_ends_at=ends,
        remaining_seconds=seconds, remaining_days=days_left,
    )  # fmt: skip


def resume(clock: DeadlineClock, term: DeadlineTerm, days: Days, at: datetime) -> DeadlineClock:
    """Go on with what remained; a suspension beyond its longest has ended by itself."""
    at = _in_turn(clock, "resume", at)
    assert clock.paused_at is not None
    again = min(at, clock.pause_ends_at or at)
    if clock.remaining_days is None:
        ends = again + timedelta(seconds=clock.remaining_seconds or 0)
    else:
        ends = end_of(days.nth_working_day(_first_counted(clock, again), clock.remaining_days))
    lasted = int((again - clock.paused_at).total_seconds())
    return replace(
        clock, state=EXTENDED if clock.extensions else RUNNING, acted_at=again, ends_at=ends,
        due_at=_due(term, days, ends), paused_at=None, pause_ends_at=None, remaining_seconds=None,
        remaining_days=None, paused_seconds=clock.paused_seconds + lasted,
    )  # fmt: skip


def extend(
    clock: DeadlineClock,
    term: DeadlineTerm,
    days: Days,
    at: datetime,
    authority: str,
    count: int | None = None,
) -> DeadlineClock:
    """Let the next declared authority add its time, before the term has passed."""
    at = _in_turn(clock, "extend", at)
    _not_passed(clock, at)
    step = next_step(clock, term)
    if step.authority != authority:
        raise NotTheAuthority(authority=authority, needed=step.authority)
    most = step.length.count
    if count is not None and not 0 < count <= most:
        raise ExtensionTooLong(most=most, measure=step.length.measure.value)
    length = Length(count or most, step.length.measure)
    ends = length.after(clock.ends_at, last_day(clock.ends_at), days)
    return replace(
        clock, state=EXTENDED, acted_at=at, ends_at=ends, due_at=_due(term, days, ends),
        extensions=clock.extensions + 1,
    )  # fmt: skip


def next_step(clock: DeadlineClock, term: DeadlineTerm) -> ExtensionRule:
    """The extension that comes next in the order the rule declares."""
    if clock.extensions >= len(term.steps):
        raise ExtensionNotAllowed(times=len(term.steps))
    return term.steps[clock.extensions]


def meet(clock: DeadlineClock, term: DeadlineTerm, days: Days, at: datetime) -> DeadlineClock:
    """What was to be done is done: in time, or late, which stays a breach."""
    at = _in_turn(clock, "meet", at)
    if clock.state is PAUSED:
        clock = resume(clock, term, days, at)
    if clock.met_at is not None:
        raise IllegalTransition(clock.state, "meet", [])
    late = is_passed(clock, at)
    return replace(
        clock, state=BREACHED if late else MET, acted_at=at, met_at=at,
        breached_at=clock.due_at if late else None,
    )  # fmt: skip


def breach(clock: DeadlineClock) -> DeadlineClock:
    """The term has passed, and what was to be done is not done."""
    return replace(clock, state=BREACHED, acted_at=clock.due_at, breached_at=clock.due_at)


def is_passed(clock: DeadlineClock, at: datetime) -> bool:
    """Whether the term is over; one that is paused does not pass."""
    return clock.state is BREACHED or (clock.state in RUNNING_STATES and at > clock.due_at)


def _due(term: DeadlineTerm, days: Days, ends: datetime) -> datetime:
    """A term that rolls ends with a day of work, even where a pause moved it into its course."""
    return end_of(days.nth_working_day(last_day(ends))) if term.rolls else ends


def _first_counted(clock: DeadlineClock, at: datetime) -> date:
    return max(day_of(at), day_of(clock.started_at) + ONE_DAY)


def _in_turn(clock: DeadlineClock, action: str, at: datetime) -> datetime:
    at = in_country_time(at)
    if action not in ACTIONS[clock.state]:
        raise IllegalTransition(clock.state, action, ACTIONS[clock.state])
    if at < clock.acted_at:
        raise OutOfOrder(at=at.isoformat(), since=in_country_time(clock.acted_at).isoformat())
    return at


def _not_passed(clock: DeadlineClock, at: datetime) -> None:
    if is_passed(clock, at):
        raise DeadlinePassed(due=in_country_time(clock.due_at).isoformat())
