"""The shapes of calendars, of rules that set terms, and of deadlines."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Text, cast, func, literal_column, or_, select

from app.db.base import PLACE
from app.db.query.shape import (
    CHOICE,
    Field,
    Filter,
    Link,
    Order,
    Params,
    Row,
    Shape,
    Term,
    Test,
    columns,
)
from app.db.tables.calendars import (
    Calendar,
    CalendarDay,
)
from app.db.tables.deadlines import (
    Deadline,
    DeadlineEvent,
    DeadlineExtensionStep,
    DeadlineRule,
)
from app.domain.actor import Permission
from app.domain.deadlines.days import today
from app.domain.records.shape import choices, holds_on, last_day, parent, part, ranges
from app.domain.records.unit_names import UNIT_KNOWN, find_once
from app.domain.scope import BY_PLACE, EVERYBODY, Scope


def _first_day() -> date:
    return today().replace(month=1, day=1)


def _last_day() -> date:
    return today().replace(month=12, day=31)


YEAR = {
    "days_from": Term(date, _first_day),
    "days_until": Term(date, _last_day),
}


def _has_code(calendar: Row, wanted: Any, params: Params) -> Test:
    return (calendar.code == wanted) | (cast(calendar.id, Text) == func.lower(wanted))  # type: ignore[no-any-return]


def _matches_word(rule: Row, wanted: Any, params: Params) -> Test:
    """Find an edition by its id, or by its code the one in force today."""
    today = (rule.code == wanted) & holds_on(rule, func.today(), params)
    return today | (cast(rule.id, Text) == func.lower(wanted))  # type: ignore[no-any-return]


def _within(deadline: Row, wanted: Any, params: Params) -> Test:
    unit = find_once(wanted, func.today())
    below = select(func.unit_descendants(unit, "administrative", func.today()))
    return or_(deadline.unit_id.in_(below), *(getattr(deadline, place) == unit for place in PLACE))


def _exclude_confidential(level: str) -> Any:
    """Exclude deadlines of confidential records: they say when one came, and are read with it."""
    return lambda deadline, unit: (
        BY_PLACE[level](deadline, unit) & deadline.resource.not_in(CONFIDENTIAL)
    )


CONFIDENTIAL: Any = [literal_column(f"'{name}'") for name in (
    "tip", "reintegration_case", "reintegration_request", "reintegration_opening",
)]  # fmt: skip
WITHOUT_CONFIDENTIAL: Scope = {level: _exclude_confidential(level) for level in BY_PLACE}


def _due_in_days(deadline: Row) -> Any:
    return cast(deadline.due_on - func.today(), Integer)


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
    identify=_has_code,
    terms=YEAR,
    orders={"code": Order(lambda calendar: [calendar.code, calendar.id])},
    fields=columns(Calendar, "id version code name_vi name_en weekly_rest created_at changed_at"),
    links={
        "days": Link(
            lambda: CALENDAR_DAY,
            lambda calendar, day, params: (
                (day.calendar_id == calendar.id)
                & (day.day >= params["days_from"])
                & (day.day <= params["days_until"])
            ),
            many=True,
            first=100,
            most=400,
            follows_parent=True,
        )
    },
    filters=choices(Calendar, "code"),
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
    identify=_matches_word,
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
    | {"valid_to": last_day("valid_to")},
    links={
        "calendar": parent(CALENDAR, "calendar_id"),
        "extensions": part(EXTENSION_STEP, "rule_id", first=10, most=50),
    },
    filters={
        **choices(DeadlineRule, "code trigger measure certainty"),
        "on": Filter(date, test=holds_on),
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
    scope=WITHOUT_CONFIDENTIAL,
    terms=YEAR,
    id_type=UUID,
    orders={"due": Order(lambda deadline: [deadline.due_on, deadline.due_at, deadline.id])},
    fields=columns(
        Deadline,
        "id version resource resource_id unit_id rule_code state started_at due_at due_on "
        "extensions paused_at remaining_seconds remaining_days met_at breached_at created_at "
        "created_by",
    )
    | {"due_in_days": Field(_due_in_days, int)},
    links={
        "rule": parent(DEADLINE_RULE, "rule_id"),
        "events": part(DEADLINE_EVENT, "deadline_id"),
    },
    filters={
        **choices(Deadline, "state"),
        "rule": Filter(str, lambda deadline: deadline.rule_code, CHOICE),
        **choices(Deadline, "resource resource_id"),
        **ranges(Deadline, "due_on"),
        "unit": Filter(str, test=_within, known=UNIT_KNOWN),
    },
)
