"""What can be done at a door: ask what a clock would do, enter days and editions of rules."""

from collections.abc import Iterator
from uuid import UUID

from app.db.base import now
from app.db.session import Session
from app.db.tables.deadlines import (
    Calendar,
    CalendarDay,
    DeadlineAct,
    DeadlineExtensionStep,
    DeadlineRule,
)
from app.domain.actor import Actor, Level, Permission, operation
from app.domain.records.deadlines import clocks, playing, queries
from app.domain.records.deadlines.days import day_of, in_country_time, last_day
from app.domain.records.deadlines.errors import (
    CalendarDayTaken,
    CalendarNotFound,
    EditionNotLater,
    ForTheCountryOnly,
    RuleNotFound,
)
from app.domain.records.deadlines.law import Law, law_of
from app.domain.records.deadlines.playing import Act
from app.domain.records.deadlines.rules import Clock
from app.domain.records.deadlines.schemas import (
    CalendarDayEntry,
    CalendarDaysAdd,
    DeadlineRuleCreate,
    DeadlineSimulation,
    SimulatedDeadline,
    SimulationStep,
)
from app.domain.records.deadlines.telling import told


@operation(Permission.CALENDAR_READ)
async def simulate_deadline(
    session: Session, actor: Actor, data: DeadlineSimulation
) -> SimulatedDeadline:
    """Work out when a term would end and why, step by step; nothing is recorded."""
    if data.edition is None:
        rule = await queries.rule_in_force(session, data.rule, day_of(data.started_at))
    else:
        rule = await queries.rule_edition(session, data.rule, data.edition)
    if rule is None:
        raise RuleNotFound(wanted=data.rule)
    law = await law_of(session, rule)
    steps: list[SimulationStep] = []
    clock: Clock | None = None
    for act, after in playing.play(law.term, law.days, _acts(data), data.as_of):
        steps.append(told(act, clock, after, law.term, law.days))
        clock = after
    assert clock is not None
    return _simulated(law, clock, steps)


def _acts(data: DeadlineSimulation) -> Iterator[Act]:
    """All that is told, in the order of time, up to the moment that is asked about."""
    acts: list[Act] = []
    for pause in data.pauses:
        acts += [Act(DeadlineAct.PAUSED, pause.paused_at)]
        acts += [Act(DeadlineAct.RESUMED, pause.resumed_at)] if pause.resumed_at else []
    acts += [Act(DeadlineAct.EXTENDED, e.at, e.authority, e.length) for e in data.extensions]
    acts += [Act(DeadlineAct.MET, data.met_at)] if data.met_at else []
    yield Act(DeadlineAct.STARTED, data.started_at)
    for act in sorted(acts, key=lambda act: act.at):
        if data.as_of is None or act.at <= data.as_of:
            yield act


def _simulated(law: Law, clock: Clock, steps: list[SimulationStep]) -> SimulatedDeadline:
    last = last_day(clock.due_at)
    decided = law.days.is_decided(day_of(clock.started_at), last)
    return SimulatedDeadline(
        rule=law.rule.code, edition=law.rule.edition, basis=law.rule.basis,
        certainty=law.rule.certainty, state=clock.state, due_at=in_country_time(clock.due_at),
        due_on=last, remaining_seconds=clock.remaining_seconds,
        remaining_days=clock.remaining_days, steps=steps,
        calendar_is_decided=decided or not law.asks_the_calendar,
    )  # fmt: skip


@operation(Permission.CALENDAR_WRITE)
async def add_calendar_days(
    session: Session, actor: Actor, code: str, data: CalendarDaysAdd
) -> UUID:
    """Enter holidays and days of work given in exchange; running clocks are laid over them."""
    _for_the_country(actor)
    await queries.hold_calendars_alone(session)
    calendar = await queries.calendar(session, code)
    if calendar is None:
        raise CalendarNotFound(wanted=code)
    known = {day.day: day for day in await queries.days(session, calendar.id)}
    taken = sorted(day.day.isoformat() for day in data.days if day.day in known)
    if taken and not data.replace:
        raise CalendarDayTaken(days=taken, _days=", ".join(taken))
    for entry in data.days:
        _enter(session, actor, calendar, entry, known.get(entry.day))
    calendar.version += 1
    calendar.changed_at, calendar.changed_by = now(), actor.subject
    await session.flush()
    first = min(data.days, key=lambda entry: entry.day)
    await clocks.reckon_anew(session, actor, calendar.id, since=first.day, basis=first.basis)
    return calendar.id


def _enter(
    session: Session,
    actor: Actor,
    calendar: Calendar,
    entry: CalendarDayEntry,
    known: CalendarDay | None,
) -> None:
    said = entry.model_dump() | {"source": actor.subject}
    if known is None:
        by = actor.subject
        session.add(CalendarDay(calendar_id=calendar.id, created_by=by, changed_by=by, **said))
        return
    for name, value in said.items():
        setattr(known, name, value)
    known.version += 1
    known.changed_at, known.changed_by = now(), actor.subject


@operation(Permission.DEADLINE_RULE_WRITE)
async def add_deadline_rule(session: Session, actor: Actor, data: DeadlineRuleCreate) -> UUID:
    """Enter an edition of a rule; the one before it ends on that day."""
    _for_the_country(actor)
    calendar = await queries.calendar(session, data.calendar)
    if calendar is None:
        raise CalendarNotFound(wanted=data.calendar)
    before = await queries.editions(session, data.code)
    if before and data.valid_from <= before[0].valid_from:
        raise EditionNotLater(rule=data.code, since=before[0].valid_from.isoformat())
    if before and before[0].valid_to > data.valid_from:
        before[0].valid_to = data.valid_from
        before[0].version += 1
        before[0].changed_at, before[0].changed_by = now(), actor.subject
        await session.flush()
    made = DeadlineRule(
        **data.model_dump(exclude={"calendar", "extensions"}),
        calendar_id=calendar.id, edition=before[0].edition + 1 if before else 1,
        created_by=actor.subject, changed_by=actor.subject,
    )  # fmt: skip
    session.add(made)
    await session.flush()
    for number, step in enumerate(data.extensions, 1):
        session.add(DeadlineExtensionStep(rule_id=made.id, step=number, **step.model_dump()))
    await session.flush()
    return made.id


def _for_the_country(actor: Actor) -> None:
    if actor.level is not Level.NATIONAL:
        raise ForTheCountryOnly()
