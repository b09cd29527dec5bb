"""A rule and its calendar as they stand in the database, made ready to reckon with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.db.session import Session
from app.db.tables.deadlines import DeadlineExtensionStep, DeadlineRule, Measure
from app.domain.records.deadlines import queries
from app.domain.records.deadlines.days import Days, Length, Named
from app.domain.records.deadlines.terms import (
    Step,
    Term,
)


@dataclass(frozen=True, slots=True)
class Law:
    """What a clock runs by."""

    rule: DeadlineRule
    term: Term
    days: Days

    @property
    def asks_the_calendar(self) -> bool:
        lengths = (self.term.length, *(step.length for step in self.term.steps))
        by_days = any(length.measure is Measure.WORKING_DAY for length in lengths)
        return by_days or self.term.rolls


async def law_of(session: Session, rule: DeadlineRule) -> Law:
    """An edition of a rule with its extensions and its calendar."""
    term = _term(rule, await queries.steps(session, rule.id))
    calendar = await queries.calendar_by_id(session, rule.calendar_id)
    named = {
        day.day: Named(day.kind, day.name_vi, day.name_en, day.certainty)
        for day in await queries.days(session, calendar.id)
    }
    return Law(rule, term, Days(frozenset(calendar.weekly_rest), named))


def _term(rule: DeadlineRule, steps: Sequence[DeadlineExtensionStep]) -> Term:
    return Term(
        Length(rule.length, rule.measure),
        rule.rolls,
        tuple(
            Step(Length(step.length, step.measure), step.authority)
            for step in steps
            for _ in range(step.times)
        ),
        rule.suspension_allowed,
        timedelta(days=rule.suspension_most_days) if rule.suspension_most_days else None,
    )
