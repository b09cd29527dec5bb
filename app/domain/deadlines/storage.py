"""How an act on a clock is written down: the row as it stands then, and the event."""

from dataclasses import fields

from app.db.base import now
from app.db.session import Session
from app.db.tables.deadlines import Deadline, DeadlineAct, DeadlineEvent
from app.domain.deadlines import queries, replay
from app.domain.deadlines.days import Length, last_day
from app.domain.deadlines.replay import Act
from app.domain.deadlines.rule_context import RuleContext, load_rule_context
from app.domain.deadlines.terms import DeadlineClock

STANDS = tuple(field.name for field in fields(DeadlineClock))
WATCH = "system"  # who acts where nobody did


def write_state(
    row: Deadline,
    law: RuleContext,
    act: Act,
    subject: str,
    *,
    basis: str | None = None,
    reason: str | None = None,
) -> DeadlineEvent:
    before = to_deadline(row)
    apply_state(row, replay.apply_act(before, law.term, law.days, act), subject)
    length = None
    if act.kind is DeadlineAct.EXTENDED:
        declared = law.term.steps[before.extensions].length
        length = Length(act.count or declared.count, declared.measure)
    return build_event(row, act, subject, basis=basis, reason=reason, length=length)


def apply_state(row: Deadline, clock: DeadlineClock, subject: str) -> None:
    for name in STANDS:
        setattr(row, name, getattr(clock, name))
    row.due_on = last_day(clock.due_at)
    row.version += 1
    row.changed_at, row.changed_by = now(), subject


def build_event(
    row: Deadline,
    act: Act,
    subject: str,
    *,
    basis: str | None = None,
    reason: str | None = None,
    length: Length | None = None,
) -> DeadlineEvent:
    return DeadlineEvent(
        deadline_id=row.id, number=row.version, act=act.kind, occurred_at=act.at,
        recorded_by=subject, due_at=row.due_at, authority=act.authority or None, basis=basis,
        reason=reason, length=length.count if length else None,
        measure=length.measure if length else None,
    )  # fmt: skip


def to_deadline(row: Deadline) -> DeadlineClock:
    return DeadlineClock(**{name: getattr(row, name) for name in STANDS})


async def rule_context_for(session: Session, row: Deadline) -> RuleContext:
    return await load_rule_context(session, await queries.find_rule(session, row.rule_id))
