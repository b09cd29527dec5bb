"""Calendars, the rules that set terms, and the clocks of records over GraphQL."""

from typing import Any

import strawberry
from strawberry.experimental import pydantic

from app.api.graphql.acting import write
from app.api.graphql.context import Info
from app.api.graphql.roots import does, read_one, read_page
from app.domain.records.deadlines import schemas, service, simulating
from app.domain.records.deadlines.shape import CALENDAR, DEADLINE, DEADLINE_RULE


@pydantic.input(model=schemas.CalendarDayEntry, all_fields=True)
class CalendarDayEntry:
    """A day that is decided to be a holiday, or a day of work in exchange for another."""


@pydantic.input(model=schemas.CalendarDaysAdd, all_fields=True)
class CalendarDaysAdd:
    """Days for a calendar: all of them, or none."""


@pydantic.input(model=schemas.ExtensionStep, all_fields=True)
class ExtensionStep:
    """By how much a term may be extended, how often, and by which authority."""


@pydantic.input(model=schemas.DeadlineRuleCreate, all_fields=True)
class DeadlineRuleCreate:
    """An edition of a rule; it begins where the one before ends, and running clocks keep theirs."""


@pydantic.input(model=schemas.SimulatedPause, all_fields=True)
class SimulatedPause:
    """A suspension, over or not."""


@pydantic.input(model=schemas.SimulatedExtension, all_fields=True)
class SimulatedExtension:
    """An extension by an authority; by all it may give unless said."""


@pydantic.input(model=schemas.DeadlineSimulation, all_fields=True)
class DeadlineSimulation:
    """What might happen to a clock, in the order of time; of one moment, pauses come first."""


@pydantic.type(model=schemas.SkippedDay, all_fields=True)
class SkippedDay:
    """A day that was not counted, and why."""


@pydantic.type(model=schemas.SimulationStep, all_fields=True)
class SimulationStep:
    """What happened to the clock, when it was due from then on, and which days do not count."""


@pydantic.type(model=schemas.SimulatedDeadline, all_fields=True)
class SimulatedDeadline:
    """How the clock stands, and how it came to that."""


@strawberry.type
class DeadlineQuery:
    calendar = read_one(CALENDAR, "One calendar of days off, by id or by code.")
    calendars = read_page(CALENDAR, "The calendars of days off.")
    deadline = read_one(DEADLINE, "One clock of a record in your units.")
    deadlines = read_page(DEADLINE, "The clocks of records in your units, the first due first.")
    deadline_rule = read_one(
        DEADLINE_RULE, "One edition of a rule by its id, or by its code the one in force today."
    )
    deadline_rules = read_page(DEADLINE_RULE, "The rules of law that set terms, every edition.")

    @does(simulating.simulate_deadline)
    async def simulate_deadline(
        self, info: Info, data: DeadlineSimulation
    ) -> SimulatedDeadline | None:
        async with info.context.house.reading(info.context.actor) as session:
            found = await simulating.simulate_deadline(
                session, info.context.actor, data.to_pydantic()
            )
        return SimulatedDeadline.from_pydantic(found)


@strawberry.type
class DeadlineMutation:
    @does(service.add_calendar_days, answers=CALENDAR)
    async def add_calendar_days(self, info: Info, code: str, data: CalendarDaysAdd) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            CALENDAR,
            lambda session, actor: service.add_calendar_days(session, actor, code, said),
        )

    @does(service.add_deadline_rule, answers=DEADLINE_RULE)
    async def add_deadline_rule(self, info: Info, data: DeadlineRuleCreate) -> Any:
        said = data.to_pydantic()
        return await write(
            info,
            DEADLINE_RULE,
            lambda session, actor: service.add_deadline_rule(session, actor, said),
        )
