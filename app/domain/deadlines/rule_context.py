"""Load a rule and its calendar from the database, ready to calculate with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.db.session import Session
from app.db.tables.deadlines import DeadlineExtensionStep, DeadlineRule, Measure
from app.domain.deadlines import queries
from app.domain.deadlines.days import Days, Length, NamedDay
from app.domain.deadlines.terms import DeadlineTerm, ExtensionRule


@dataclass(frozen=True, slots=True)
class RuleContext:
    """A rule, its term and its calendar, by which a deadline is calculated."""

    rule: DeadlineRule
    term: DeadlineTerm
    days: Days

    @property
    def needs_calendar(self) -> bool:
        lengths = (self.term.length, *(step.length for step in self.term.steps))
        by_days = any(length.measure is Measure.WORKING_DAY for length in lengths)
        return by_days or self.term.rolls


async def load_rule_context(session: Session, rule: DeadlineRule) -> RuleContext:
    """Load an edition of a rule with its extensions and its calendar."""
    term = _term(rule, await queries.list_extension_steps(session, rule.id))
    calendar = await queries.get_calendar(session, rule.calendar_id)
    named = {
        day.day: NamedDay(day.kind, day.name_vi, day.name_en, day.certainty)
        for day in await queries.list_calendar_days(session, calendar.id)
    }
    return RuleContext(rule, term, Days(frozenset(calendar.weekly_rest), named))


def _term(rule: DeadlineRule, steps: Sequence[DeadlineExtensionStep]) -> DeadlineTerm:
    return DeadlineTerm(
        Length(rule.length, rule.measure),
        rule.rolls,
        tuple(
            ExtensionRule(Length(step.length, step.measure), step.authority)
            for step in steps
            for _ in range(step.times)
        ),
        rule.suspension_allowed,
        timedelta(days=rule.suspension_most_days) if rule.suspension_most_days else None,
    )
