"""Simulate a deadline: explain every step, record nothing."""

from collections.abc import Iterator

from app.db.session import Session
from app.db.tables.deadlines import DeadlineAct
from app.domain.actor import Actor, Permission, operation
from app.domain.deadlines import queries, replay
from app.domain.deadlines.days import day_of, in_country_time, last_day
from app.domain.deadlines.errors import RuleNotFound
from app.domain.deadlines.explain import explain_step
from app.domain.deadlines.replay import Act
from app.domain.deadlines.rule_context import RuleContext, load_rule_context
from app.domain.deadlines.schemas import DeadlineSimulation, SimulatedDeadline, SimulationStep
from app.domain.deadlines.terms import DeadlineStatus


@operation(Permission.CALENDAR_READ)
async def simulate_deadline(
    session: Session, actor: Actor, data: DeadlineSimulation
) -> SimulatedDeadline:
    """Calculate when a term would end and why, step by step; nothing is recorded."""
    if data.edition is None:
        rule = await queries.find_rule_in_force(session, data.rule, day_of(data.started_at))
    else:
        rule = await queries.find_edition(session, data.rule, data.edition)
    if rule is None:
        raise RuleNotFound(wanted=data.rule)
    context = await load_rule_context(session, rule)
    steps: list[SimulationStep] = []
    status: DeadlineStatus | None = None
    for act, after in replay.replay(context.term, context.days, _acts(data), data.as_of):
        steps.append(explain_step(act, status, after, context.term, context.days))
        status = after
    assert status is not None
    return _to_answer(context, status, steps)


def _acts(data: DeadlineSimulation) -> Iterator[Act]:
    """Yield the simulated acts in the order of time, up to `as_of`."""
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


def _to_answer(
    context: RuleContext, status: DeadlineStatus, steps: list[SimulationStep]
) -> SimulatedDeadline:
    last = last_day(status.due_at)
    decided = context.days.is_decided(day_of(status.started_at), last)
    return SimulatedDeadline(
        rule=context.rule.code, edition=context.rule.edition, basis=context.rule.basis,
        certainty=context.rule.certainty, state=status.state, due_at=in_country_time(status.due_at),
        due_on=last, remaining_seconds=status.remaining_seconds,
        remaining_days=status.remaining_days, steps=steps,
        calendar_is_decided=decided or not context.needs_calendar,
    )  # fmt: skip
