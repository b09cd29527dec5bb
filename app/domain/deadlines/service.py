"""National data: days off and working days, and editions of rules."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.calendars import (
    Calendar,
    CalendarDay,
)
from app.db.tables.deadlines import (
    DeadlineExtensionStep,
    DeadlineRule,
)
from app.domain.actor import NATION_ONLY, Actor, Permission, operation
from app.domain.deadlines import queries, scheduler
from app.domain.deadlines.errors import CalendarDayTaken, EditionNotLater
from app.domain.deadlines.schemas import CalendarDayEntry, CalendarDaysAdd, DeadlineRuleCreate
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.types import Line


@operation(Permission.CALENDAR_WRITE, levels=NATION_ONLY)
async def add_calendar_days(
    session: Session, actor: Actor, code: Line, data: CalendarDaysAdd
) -> UUID:
    """Enter holidays and working days given in exchange; running deadlines are recalculated."""
    await queries.lock_calendars(session)
    calendar = await queries.find_calendar(session, code)
    if calendar is None:
        raise build_not_found(Calendar, wanted=code)
    known = {day.day: day for day in await queries.list_calendar_days(session, calendar.id)}
    taken = sorted(day.day.isoformat() for day in data.days if day.day in known)
    if taken and not data.replace:
        raise CalendarDayTaken(days=taken, _days=", ".join(taken))
    entered = [_enter(actor, calendar, entry, known.get(entry.day)) for entry in data.days]
    await records.store(session, actor, *(day for day in entered if day))
    first = min(data.days, key=lambda entry: entry.day)
    await scheduler.recalculate(session, actor, calendar.id, since=first.day, basis=first.basis)
    return await records.save(session, actor, Permission.CALENDAR_WRITE, calendar, ["days"])


def _enter(
    actor: Actor, calendar: Calendar, entry: CalendarDayEntry, known: CalendarDay | None
) -> CalendarDay | None:
    """Enter a day of a calendar; return it, or None where nothing changes."""
    values = entry.model_dump() | {"source": actor.subject}
    if known is None:
        return CalendarDay(calendar_id=calendar.id, **values)
    return known if records.assign(known, values) else None


@operation(Permission.DEADLINE_RULE_WRITE, levels=NATION_ONLY)
async def add_deadline_rule(session: Session, actor: Actor, data: DeadlineRuleCreate) -> UUID:
    """Enter an edition of a rule; it ends the one before."""
    calendar = await queries.find_calendar(session, data.calendar)
    if calendar is None:
        raise build_not_found(Calendar, wanted=data.calendar)
    last = await _end_last(session, actor, data)
    rule = DeadlineRule(
        **data.model_dump(exclude={"calendar", "extensions"}),
        calendar_id=calendar.id, edition=last + 1,
    )  # fmt: skip
    steps = [
        DeadlineExtensionStep(rule_id=rule.id, step=number, **step.model_dump())
        for number, step in enumerate(data.extensions, 1)
    ]
    return await records.create(
        session, actor, Permission.DEADLINE_RULE_WRITE, rule, data.model_fields_set, also=steps
    )


async def _end_last(session: Session, actor: Actor, data: DeadlineRuleCreate) -> int:
    """End the last edition where the new one begins; return its number, or 0 for the first."""
    editions = await queries.list_editions(session, data.code)
    if not editions:
        return 0
    last = editions[0]
    if data.valid_from <= last.valid_from:
        raise EditionNotLater(rule=data.code, since=last.valid_from.isoformat())
    if last.valid_to > data.valid_from:
        last.valid_to = data.valid_from
        await records.store(session, actor, last)
    return last.edition
