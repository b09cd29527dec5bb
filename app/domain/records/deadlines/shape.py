"""What can be read of calendars, of the rules that set terms, and of the clocks of records."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, cast, func, literal_column, or_, select

from app.db.base import PLACE
from app.db.shape import (
    CHOICE,
    RANGE,
    Field,
    Filter,
    Given,
    Link,
    Order,
    Row,
    Shape,
    Term,
    Test,
    columns,
)
from app.db.tables.calendars import (
    Calendar,
    CalendarDay,
    Certainty,
)
from app.db.tables.deadlines import (
    Deadline,
    DeadlineEvent,
    DeadlineExtensionStep,
    DeadlineRule,
    DeadlineState,
    Measure,
)
from app.domain.actor import Permission
from app.domain.records.deadlines.days import today
from app.domain.scope import BY_PLACE, EVERYBODY, Scope


def _first_day() -> date:
    return today().replace(month=1, day=1)


def _last_day() -> date:
    return today().replace(month=12, day=31)


YEAR = {
    "days_from": Term(date, _first_day, "the first of the days that are meant; else this year's"),
    "days_until": Term(date, _last_day, "the last of the days that are meant; else this year's"),
}


def _called(calendar: Row, wanted: Any, given: Given) -> Test:
    return (calendar.code == wanted) | (cast(calendar.id, Text) == func.lower(wanted))  # type: ignore[no-any-return]


def _stands(rule: Row, day: Any, given: Given) -> Test:
    return (rule.valid_from <= day) & (rule.valid_to > day)  # type: ignore[no-any-return]


def _named(rule: Row, wanted: Any, given: Given) -> Test:
    """An edition by its id; by its code, the one in force today."""
    today = (rule.code == wanted) & _stands(rule, func.today(), given)
    return today | (cast(rule.id, Text) == func.lower(wanted))  # type: ignore[no-any-return]


def _within(clock: Row, wanted: Any, given: Given) -> Test:
    unit = func.unit_ref(wanted, func.today())
    below = select(func.unit_descendants(unit, "administrative", func.today()))
    return or_(clock.unit_id.in_(below), *(getattr(clock, place) == unit for place in PLACE))


def _apart_from_tips(level: str) -> Any:
    """The clocks of tips tell to the second when somebody came; they are read with the tip."""
    return lambda clock, unit: BY_PLACE[level](clock, unit) & (clock.resource != TIP)


TIP: Any = literal_column("'tip'")
APART_FROM_TIPS: Scope = {level: _apart_from_tips(level) for level in BY_PLACE}


def _due_in_days(clock: Row) -> Any:
    return cast(clock.due_on - func.today(), Integer)


CALENDAR_DAY = Shape(
    name="CalendarDay",
    table=CalendarDay,
    needs=Permission.CALENDAR_READ,
    terms=YEAR,
    orders={"day": Order(lambda day: [day.day, day.id])},
    fields=columns(CalendarDay, "day kind name_vi name_en basis source certainty"),
)

CALENDAR = Shape(
    name="Calendar",
    table=Calendar,
    needs=Permission.CALENDAR_READ,
    scope=EVERYBODY,
    identify=_called,
    terms=YEAR,
    orders={"code": Order(lambda calendar: [calendar.code, calendar.id])},
    fields=columns(Calendar, "id version code name_vi name_en weekly_rest created_at changed_at"),
    links={
        "days": Link(
            lambda: CALENDAR_DAY,
            lambda calendar, day, given: (
                (day.calendar_id == calendar.id)
                & (day.day >= given["days_from"])
                & (day.day <= given["days_until"])
            ),
            many=True,
            first=100,
            most=400,
            follows_parent=True,
        )
    },
    filters={"code": Filter(str, lambda calendar: calendar.code, CHOICE)},
)

EXTENSION_STEP = Shape(
    name="DeadlineExtensionStep",
    table=DeadlineExtensionStep,
    needs=Permission.CALENDAR_READ,
    orders={"step": Order(lambda step: [step.step])},
    fields=columns(DeadlineExtensionStep, "step length measure times authority basis"),
)

DEADLINE_RULE = Shape(
    name="DeadlineRule",
    table=DeadlineRule,
    needs=Permission.CALENDAR_READ,
    scope=EVERYBODY,
    identify=_named,
    terms=YEAR,
    orders={
        "code": Order(lambda rule: [rule.code, rule.edition]),
        "newest": Order(lambda rule: [rule.id], descending=True),
    },
    fields=columns(
        DeadlineRule,
        "id version code edition valid_from name_vi name_en trigger length measure rolls "
        "suspension_allowed suspension_most_days basis source certainty created_at created_by",
    )
    | {
        "valid_to": Field(
            lambda rule: func.nullif(rule.valid_to, literal_column("'infinity'::date")),
            date | None,
        )
    },
    links={
        "calendar": Link(
            lambda: CALENDAR,
            lambda rule, calendar, given: calendar.id == rule.calendar_id,
            follows_parent=True,
        ),
        "extensions": Link(
            lambda: EXTENSION_STEP,
            lambda rule, step, given: step.rule_id == rule.id,
            many=True,
            follows_parent=True,
        ),
    },
    filters={
        "code": Filter(str, lambda rule: rule.code, CHOICE),
        "trigger": Filter(str, lambda rule: rule.trigger, CHOICE),
        "measure": Filter(Measure, lambda rule: rule.measure, CHOICE),
        "certainty": Filter(Certainty, lambda rule: rule.certainty, CHOICE),
        "on": Filter(date, test=_stands, doc="editions in force on this day"),
    },
)

DEADLINE_EVENT = Shape(
    name="DeadlineEvent",
    table=DeadlineEvent,
    needs=Permission.DEADLINE_READ,
    orders={"number": Order(lambda event: [event.number])},
    fields=columns(
        DeadlineEvent,
        "number act occurred_at recorded_at recorded_by due_at length measure authority basis "
        "reason",
    ),
)

DEADLINE = Shape(
    name="Deadline",
    table=Deadline,
    needs=Permission.DEADLINE_READ,
    scope=APART_FROM_TIPS,
    terms=YEAR,
    id_type=UUID,
    orders={"due": Order(lambda clock: [clock.due_on, clock.due_at, clock.id])},
    fields=columns(
        Deadline,
        "id version resource resource_id unit_id rule_code state started_at due_at due_on "
        "extensions paused_at remaining_seconds remaining_days met_at breached_at created_at "
        "created_by",
    )
    | {"due_in_days": Field(_due_in_days, int)},
    links={
        "rule": Link(
            lambda: DEADLINE_RULE,
            lambda clock, rule, given: rule.id == clock.rule_id,
            follows_parent=True,
        ),
        "events": Link(
            lambda: DEADLINE_EVENT,
            lambda clock, event, given: event.deadline_id == clock.id,
            many=True,
            first=20,
            most=100,
            follows_parent=True,
        ),
    },
    filters={
        "state": Filter(DeadlineState, lambda clock: clock.state, CHOICE),
        "rule": Filter(str, lambda clock: clock.rule_code, CHOICE),
        "resource": Filter(str, lambda clock: clock.resource, CHOICE),
        "resource_id": Filter(UUID, lambda clock: clock.resource_id, CHOICE),
        "due_on": Filter(date, lambda clock: clock.due_on, RANGE),
        "unit": Filter(str, test=_within, doc="in this unit or below it; named by id or by code"),
    },
)
