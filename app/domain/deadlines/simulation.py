"""What a clock would do: nothing is recorded, and every step is told."""

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
from app.domain.deadlines.terms import DeadlineClock


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
    law = await load_rule_context(session, rule)
    steps: list[SimulationStep] = []
    clock: DeadlineClock | None = None
    for act, after in replay.replay(law.term, law.days, _acts(data), data.as_of):
        steps.append(explain_step(act, clock, after, law.term, law.days))
        clock = after
    assert clock is not None
    return _to_answer(law, clock, steps)


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


def _to_answer(
    law: RuleContext, clock: DeadlineClock, steps: list[SimulationStep]
) -> SimulatedDeadline:
    last = last_day(clock.due_at)
    decided = law.days.is_decided(day_of(clock.started_at), last)
    return SimulatedDeadline(
        rule=law.rule.code, edition=law.rule.edition, basis=law.rule.basis,
        certainty=law.rule.certainty, state=clock.state, due_at=in_country_time(clock.due_at),
        due_on=last, remaining_seconds=clock.remaining_seconds,
        remaining_days=clock.remaining_days, steps=steps,
        calendar_is_decided=decided or not law.asks_the_calendar,
    )  # fmt: skip
