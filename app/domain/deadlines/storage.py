"""Store an act on a deadline: the row with its new status, and the event."""

from dataclasses import fields

from app.db.base import now
from app.db.session import Session
from app.db.tables.deadlines import Deadline, DeadlineAct, DeadlineEvent
from app.domain.deadlines import queries, replay
from app.domain.deadlines.days import Length, last_day
from app.domain.deadlines.replay import Act
from app.domain.deadlines.rule_context import RuleContext, load_rule_context
from app.domain.deadlines.terms import DeadlineStatus

STATUS_FIELDS = tuple(field.name for field in fields(DeadlineStatus))
SYSTEM = "system"  # the subject of automatic acts


def write_state(
    row: Deadline,
    context: RuleContext,
    act: Act,
    subject: str,
    *,
    basis: str | None = None,
    reason: str | None = None,
) -> DeadlineEvent:
    before = to_status(row)
    apply_state(row, replay.apply_act(before, context.term, context.days, act), subject)
    length = None
    if act.kind is DeadlineAct.EXTENDED:
        declared = context.term.steps[before.extensions].length
        length = Length(act.count or declared.count, declared.measure)
    return build_event(row, act, subject, basis=basis, reason=reason, length=length)


def apply_state(row: Deadline, status: DeadlineStatus, subject: str) -> None:
    for name in STATUS_FIELDS:
        setattr(row, name, getattr(status, name))
    row.due_on = last_day(status.due_at)
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


def to_status(row: Deadline) -> DeadlineStatus:
    return DeadlineStatus(**{name: getattr(row, name) for name in STATUS_FIELDS})


async def rule_context_for(session: Session, row: Deadline) -> RuleContext:
    return await load_rule_context(session, await queries.get_rule(session, row.rule_id))
