"""How an act on a clock is written down: the row as it stands then, and the event."""

from dataclasses import fields

from app.db.base import now
from app.db.session import Session
from app.db.tables.deadlines import Deadline, DeadlineAct, DeadlineEvent
from app.domain.records.deadlines import playing, queries
from app.domain.records.deadlines.days import Length, last_day
from app.domain.records.deadlines.law import Law, law_of
from app.domain.records.deadlines.playing import Act
from app.domain.records.deadlines.terms import Clock

STANDS = tuple(field.name for field in fields(Clock))
WATCH = "system"  # who acts where nobody did


def write(
    row: Deadline,
    law: Law,
    act: Act,
    subject: str,
    *,
    basis: str | None = None,
    reason: str | None = None,
) -> DeadlineEvent:
    before = clock_from(row)
    stand(row, playing.done(before, law.term, law.days, act), subject)
    length = None
    if act.kind is DeadlineAct.EXTENDED:
        declared = law.term.steps[before.extensions].length
        length = Length(act.count or declared.count, declared.measure)
    return event(row, act, subject, basis=basis, reason=reason, length=length)


def stand(row: Deadline, clock: Clock, subject: str) -> None:
    for name in STANDS:
        setattr(row, name, getattr(clock, name))
    row.due_on = last_day(clock.due_at)
    row.version += 1
    row.changed_at, row.changed_by = now(), subject


def event(
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


def clock_from(row: Deadline) -> Clock:
    return Clock(**{name: getattr(row, name) for name in STANDS})


async def law_for(session: Session, row: Deadline) -> Law:
    return await law_of(session, await queries.rule(session, row.rule_id))
