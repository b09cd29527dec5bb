"""Resources and operations of deadlines, their rules, and calendars."""

from app.domain.deadlines import service, simulation
from app.domain.deadlines.shape import CALENDAR, DEADLINE, DEADLINE_RULE
from app.domain.operations import Operation
from app.domain.resources import Resource

CALENDARS = Resource(
    CALENDAR,
    "calendars",
    many="List the calendars of days off.",
    one="Read one calendar, by id or by code; `expand=days` adds the days decided one by one.",
    actions={"days": Operation(service.add_calendar_days, status=201)},
)
DEADLINE_RULES = Resource(
    DEADLINE_RULE,
    "deadline-rules",
    many="List the rules of law that set time limits, every edition.",
    one="Read one edition of a rule by its id, or the one in force today by its code.",
    create=service.add_deadline_rule,
    offline=False,
)
DEADLINES = Resource(
    DEADLINE,
    "deadlines",
    many="List the deadlines of records in your units, the first due first.",
    one="Read one deadline of a record in your units.",
)

RESOURCES = (CALENDARS, DEADLINE_RULES, DEADLINES)
OPERATIONS = (
    Operation(
        simulation.simulate_deadline, "deadline-simulations", tag="deadlines", writes=False,
        idempotent=False,
    ),
)  # fmt: skip
