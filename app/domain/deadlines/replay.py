"""A clock from its first act to its last: what really happened, or what is only asked about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.db.tables.deadlines import DeadlineAct
from app.domain.deadlines import rules
from app.domain.deadlines.days import Days
from app.domain.deadlines.terms import RUNNING_STATES, DeadlineClock, DeadlineTerm


@dataclass(frozen=True, slots=True)
class Act:
    """Something that is done to a clock."""

    kind: DeadlineAct
    at: datetime
    authority: str = ""
    count: int | None = None


def apply_act(clock: DeadlineClock, term: DeadlineTerm, days: Days, act: Act) -> DeadlineClock:
    """The clock after an act."""
    match act.kind:
        case DeadlineAct.PAUSED:
            return rules.pause(clock, term, days, act.at)
        case DeadlineAct.RESUMED:
            return rules.resume(clock, term, days, act.at)
        case DeadlineAct.EXTENDED:
            return rules.extend(clock, term, days, act.at, act.authority, act.count)
        case DeadlineAct.MET:
            return rules.meet(clock, term, days, act.at)
        case DeadlineAct.BREACHED:
            return rules.breach(clock)
    raise ValueError(act.kind)


def auto_resume(clock: DeadlineClock, at: datetime) -> Act | None:
    """The end of a suspension that has lasted its longest by then."""
    if clock.pause_ends_at is not None and clock.pause_ends_at < at:
        return Act(DeadlineAct.RESUMED, clock.pause_ends_at)
    return None


def auto_breach(clock: DeadlineClock, at: datetime) -> Act | None:
    """The breach of a term that has passed by then."""
    if clock.state in RUNNING_STATES and rules.is_passed(clock, at):
        return Act(DeadlineAct.BREACHED, clock.due_at)
    return None


def replay(
    term: DeadlineTerm, days: Days, acts: Iterable[Act], until: datetime | None = None
) -> Iterator[tuple[Act, DeadlineClock]]:
    """Each act with the clock after it; what happens by itself is told in its place."""
    first, *others = acts
    clock = rules.start(term, days, first.at)
    yield first, clock
    for act in others:
        own = auto_resume(clock, act.at)
        if own and act.kind is not DeadlineAct.RESUMED:
            clock = apply_act(clock, term, days, own)
            yield own, clock
        clock = apply_act(clock, term, days, act)
        yield act, clock
    if until is not None:
        for happens in (auto_resume, auto_breach):
            if own := happens(clock, until):
                clock = apply_act(clock, term, days, own)
                yield own, clock
