"""Replay a deadline from its first act to its last: one that happened, or a simulated one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.db.tables.deadlines import DeadlineAct
from app.domain.deadlines import rules
from app.domain.deadlines.days import Days
from app.domain.deadlines.terms import RUNNING_STATES, DeadlineStatus, DeadlineTerm


@dataclass(frozen=True, slots=True)
class Act:
    """An act on a deadline."""

    kind: DeadlineAct
    at: datetime
    authority: str = ""
    count: int | None = None


def apply_act(status: DeadlineStatus, term: DeadlineTerm, days: Days, act: Act) -> DeadlineStatus:
    """Return the status of a deadline after an act."""
    match act.kind:
        case DeadlineAct.PAUSED:
            return rules.pause(status, term, days, act.at)
        case DeadlineAct.RESUMED:
            return rules.resume(status, term, days, act.at)
        case DeadlineAct.EXTENDED:
            return rules.extend(status, term, days, act.at, act.authority, act.count)
        case DeadlineAct.MET:
            return rules.meet(status, term, days, act.at)
        case DeadlineAct.BREACHED:
            return rules.breach(status)
    raise ValueError(act.kind)


def auto_resume(status: DeadlineStatus, at: datetime) -> Act | None:
    """Return the automatic end of a suspension that has lasted its longest by then."""
    if status.pause_ends_at is not None and status.pause_ends_at < at:
        return Act(DeadlineAct.RESUMED, status.pause_ends_at)
    return None


def auto_breach(status: DeadlineStatus, at: datetime) -> Act | None:
    """Return the automatic breach of a term that has passed by then."""
    if status.state in RUNNING_STATES and rules.is_passed(status, at):
        return Act(DeadlineAct.BREACHED, status.due_at)
    return None


def replay(
    term: DeadlineTerm, days: Days, acts: Iterable[Act], until: datetime | None = None
) -> Iterator[tuple[Act, DeadlineStatus]]:
    """Yield each act with the status after it; automatic acts come in their place."""
    first, *others = acts
    status = rules.start(term, days, first.at)
    yield first, status
    for act in others:
        automatic = auto_resume(status, act.at)
        if automatic and act.kind is not DeadlineAct.RESUMED:
            status = apply_act(status, term, days, automatic)
            yield automatic, status
        status = apply_act(status, term, days, act)
        yield act, status
    if until is not None:
        for happens in (auto_resume, auto_breach):
            if automatic := happens(status, until):
                status = apply_act(status, term, days, automatic)
                yield automatic, status
