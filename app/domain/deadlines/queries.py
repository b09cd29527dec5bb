"""Every SQL statement on deadlines, rules and calendars, apart from those of the shapes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import or_, text
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel, col, select

from app.db.session import Session, execute
from app.db.tables.calendars import (
    Calendar,
    CalendarDay,
)
from app.db.tables.deadlines import (
    Deadline,
    DeadlineEvent,
    DeadlineExtensionStep,
    DeadlineRule,
    DeadlineState,
    Measure,
)

OPEN_STATES = (DeadlineState.RUNNING, DeadlineState.EXTENDED, DeadlineState.PAUSED)
RUNNING_STATES = (DeadlineState.RUNNING, DeadlineState.EXTENDED)


async def find_rule_in_force(session: Session, code: str, day: date) -> DeadlineRule | None:
    """Return the edition of a rule that is in force on a day."""
    statement = select(DeadlineRule).where(
        DeadlineRule.code == code, DeadlineRule.valid_from <= day, DeadlineRule.valid_to > day
    )
    return (await session.exec(statement)).one_or_none()


async def list_editions(session: Session, code: str) -> Sequence[DeadlineRule]:
    """Return and lock every edition of a rule, the newest first."""
    statement = select(DeadlineRule).where(DeadlineRule.code == code)
    newest = statement.order_by(col(DeadlineRule.edition).desc())
    return (await session.exec(newest.with_for_update())).all()


async def find_edition(session: Session, code: str, edition: int) -> DeadlineRule | None:
    statement = select(DeadlineRule).where(
        DeadlineRule.code == code, DeadlineRule.edition == edition
    )
    return (await session.exec(statement)).one_or_none()


async def get_rule(session: Session, id: UUID) -> DeadlineRule:
    """Return the edition of a rule that a deadline follows."""
    return (await session.exec(select(DeadlineRule).where(DeadlineRule.id == id))).one()


async def list_extension_steps(session: Session, rule_id: UUID) -> Sequence[DeadlineExtensionStep]:
    """Return the extensions that a rule declares, in their order."""
    statement = select(DeadlineExtensionStep).where(DeadlineExtensionStep.rule_id == rule_id)
    return (await session.exec(statement.order_by(col(DeadlineExtensionStep.step)))).all()


async def find_calendar(session: Session, code: str) -> Calendar | None:
    """Find a calendar by its code; a code with a NUL finds none."""
    statement = select(Calendar).where(Calendar.code == code.replace("\0", "?"))
    return (await session.exec(statement)).one_or_none()


async def get_calendar(session: Session, id: UUID) -> Calendar:
    return (await session.exec(select(Calendar).where(Calendar.id == id))).one()


async def list_calendar_days(session: Session, calendar_id: UUID) -> Sequence[CalendarDay]:
    """Return every decided day of a calendar."""
    statement = select(CalendarDay).where(CalendarDay.calendar_id == calendar_id)
    return (await session.exec(statement)).all()


async def lock_deadline(session: Session, id: UUID) -> Deadline | None:
    """Return and lock one deadline, as it is now."""
    statement = select(Deadline).where(Deadline.id == id).with_for_update()
    fresh = statement.execution_options(populate_existing=True)
    return (await session.exec(fresh)).one_or_none()


async def find_open(
    session: Session, resource: str, resource_id: UUID, rule_code: str
) -> Deadline | None:
    """Find the deadline of a record that has not ended."""
    statement = select(Deadline).where(
        Deadline.resource == resource,
        Deadline.resource_id == resource_id,
        Deadline.rule_code == rule_code,
        col(Deadline.state).in_(OPEN_STATES),
    )
    return (await session.exec(statement)).one_or_none()


async def list_overdue(session: Session, at: datetime, most: int) -> Sequence[Deadline]:
    """Return and lock overdue deadlines, as far as not locked by others."""
    passed = col(Deadline.state).in_(RUNNING_STATES) & (col(Deadline.due_at) < at)
    return await _lock_free(session, passed, col(Deadline.due_at), most)


async def list_lapsed(session: Session, at: datetime, most: int) -> Sequence[Deadline]:
    """Return and lock deadlines suspended for too long, as far as not locked by others."""
    ended = (col(Deadline.state) == DeadlineState.PAUSED) & (col(Deadline.pause_ends_at) < at)
    return await _lock_free(session, ended, col(Deadline.pause_ends_at), most)


async def _lock_free(session: Session, test: Any, order: Any, most: int) -> Sequence[Deadline]:
    statement = select(Deadline).where(test).order_by(order).limit(most)
    fresh = statement.with_for_update(skip_locked=True)
    return (await session.exec(fresh.execution_options(populate_existing=True))).all()


async def list_affected(session: Session, calendar_id: UUID, since: date) -> Sequence[Deadline]:
    """Return open deadlines that a day of this calendar may move, locked in one order."""
    by_days = select(DeadlineExtensionStep.rule_id).where(
        DeadlineExtensionStep.measure == Measure.WORKING_DAY
    )
    moved = select(DeadlineRule.id).where(
        DeadlineRule.calendar_id == calendar_id,
        or_(
            col(DeadlineRule.measure) == Measure.WORKING_DAY,
            col(DeadlineRule.rolls),
            col(DeadlineRule.id).in_(by_days),
        ),
    )
    statement = select(Deadline).where(
        col(Deadline.state).in_(OPEN_STATES),
        col(Deadline.rule_id).in_(moved),
        Deadline.due_on >= since,
    )
    fresh = statement.order_by(col(Deadline.id)).with_for_update()
    return (await session.exec(fresh.execution_options(populate_existing=True))).all()


async def list_events(session: Session, deadline_id: UUID) -> Sequence[DeadlineEvent]:
    """Return the events of a deadline, in order."""
    statement = select(DeadlineEvent).where(DeadlineEvent.deadline_id == deadline_id)
    return (await session.exec(statement.order_by(col(DeadlineEvent.number)))).all()


async def lock_calendars_shared(session: Session) -> None:
    """Hold calendars unchanged until this transaction ends; take it before any deadline's lock."""
    await session.begin_with("lock_calendars", "SELECT pg_advisory_xact_lock_shared(7300011)")


async def lock_calendars(session: Session) -> None:
    """Prevent calculations on calendars until this transaction ends."""
    await execute(session, text("SELECT pg_advisory_xact_lock(7300011)"))


async def lock_loading(session: Session) -> None:
    """Prevent others from loading the shipped data until this transaction ends."""
    await execute(session, text("SELECT pg_advisory_xact_lock(7300010)"))


async def add_missing(
    session: Session, table: type[SQLModel], rows: Iterable[dict[str, Any]]
) -> int:
    """Add the rows that are missing; return how many were added."""
    found = await execute(session, insert(table).on_conflict_do_nothing(), list(rows))
    return max(found.rowcount, 0)
