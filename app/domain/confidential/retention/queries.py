"""Every SQL statement on terms, on holds, and on which records expire next."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, exists, select

from app.db.session import Session, execute
from app.db.tables.confidential import HoldRow, RetentionOf, RetentionRule
from app.db.tables.records import Act, Outbox
from app.domain.confidential.kinds import R
from app.domain.confidential.retention.kinds import ExpiryKind, HoldKind, TermCodes, Test
from app.domain.confidential.retention.rules import Term, Terms

RULES_LOCK = 7_300_022  # advisory: rules are entered one at a time
BATCH = 500


async def lock_rules(session: Session) -> None:
    """Let nobody else enter rules until this transaction ends."""
    await execute(session, text(f"SELECT pg_advisory_xact_lock({RULES_LOCK})"))


async def find_last_rule(session: Session, of: RetentionOf) -> RetentionRule | None:
    """Find the rule of this code that begins last."""
    begins = col(RetentionRule.valid_from).desc()
    statement = select(RetentionRule).where(RetentionRule.of == of).order_by(begins).limit(1)
    return (await session.exec(statement)).first()


async def load_terms(session: Session, codes: TermCodes, day: date) -> Terms:
    """Load the terms of a kind of record that are in force on a day."""
    statement = select(RetentionRule).where(col(RetentionRule.valid_from) <= day)
    rules = (await session.exec(statement.order_by(col(RetentionRule.valid_from)))).all()
    newest = {rule.of: Term(rule.months, rule.days) for rule in rules}
    identity = newest.get(codes.identity) if codes.identity else None
    return Terms(newest.get(codes.record), identity, newest.get(codes.notice))


async def find_live_hold(session: Session, kind: HoldKind[R], record_id: UUID) -> HoldRow | None:
    """Find the hold on a record that has not been released."""
    table = kind.table
    statement = select(table).where(
        kind.record.reference_of(table) == record_id, col(table.released_on).is_(None)
    )
    return (await session.exec(statement)).one_or_none()


def _is_closed(kind: ExpiryKind[R]) -> Test:
    table = kind.record.table
    closed = col(table.closed_on).is_not(None) & col(table.expired_on).is_(None)
    return closed & kind.where()


def _is_held(kind: ExpiryKind[R]) -> Test:
    holds = kind.holds.table
    reference, record_id = kind.record.reference_of(holds), kind.record.table.id
    return exists().where(reference == record_id, col(holds.released_on).is_(None))


def needs_notice(kind: ExpiryKind[R], today: date) -> Test:
    """Test for closed records without notice whose person has not written today."""
    no_notice = col(kind.record.table.expires_on).is_(None)
    return _is_closed(kind) & no_notice & ~kind.heard_since(today)


def heard_since_notice(kind: ExpiryKind[R]) -> Test:
    """Test for records whose person has written since notice was given."""
    table = kind.record.table
    noticed = col(table.expires_on).is_not(None)
    return _is_closed(kind) & noticed & kind.heard_since(table.noticed_on)


def keeps_identity(kind: ExpiryKind[R]) -> Test:
    """Test for closed records that are not held and still have an identity."""
    reference = kind.record.reference_of(kind.identities)
    return _is_closed(kind) & exists().where(reference == kind.record.table.id) & ~_is_held(kind)


def is_due(kind: ExpiryKind[R], today: date) -> Test:
    """Test for records whose day has come, which nothing holds and no word since notice keeps."""
    table = kind.record.table
    come = _is_closed(kind) & (col(table.expires_on) <= today)
    return come & ~_is_held(kind) & ~kind.heard_since(table.noticed_on)


async def find_batch(
    session: Session, kind: ExpiryKind[R], test: Test, after: UUID | None
) -> Sequence[tuple[UUID, date]]:
    """Find some records after an id that meet a test, each with the day it was closed on."""
    table = kind.record.table
    statement = select(table.id, col(table.closed_on)).where(test)
    statement = statement.order_by(col(table.id)).limit(BATCH)
    if after:
        statement = statement.where(col(table.id) > after)
    return (await session.exec(statement)).all()  # type: ignore[return-value]


async def find_readers(session: Session, kind: ExpiryKind[R], record: R) -> Sequence[str] | None:
    """Find who alone may know that a record is gone; None: all who read such records there."""
    if kind.is_known_in_place(record):
        return None
    table = kind.record.assignments
    given = select(table.subject).where(
        kind.record.reference_of(table) == record.id, col(table.ended_on).is_(None)
    )
    return (await session.exec(given)).all()


async def announce_purge(
    session: Session, kind: ExpiryKind[R], record: R, readers: Sequence[str] | None
) -> None:
    """Announce that a record is gone, by its id alone: anyone who has a copy drops it."""
    news = Outbox(
        resource=kind.record.resource, resource_id=record.id, act=Act.CHANGE,
        version=record.version, fields=["expired_on"], unit_id=record.unit_id,
        readers=None if readers is None else list(readers),
    )  # fmt: skip
    session.add(news)


async def lock_if(session: Session, kind: ExpiryKind[R], id: UUID, test: Test) -> R | None:
    """Load and lock a record that still meets a test."""
    table = kind.record.table
    held = select(table).where(table.id == id).with_for_update()
    record = (await session.exec(held.execution_options(populate_existing=True))).one_or_none()
    if record is None:
        return None
    still = (await session.exec(select(table.id).where(table.id == id, test))).first()
    return None if still is None else record
