"""The SQL of keeping: which terms there are, what holds a tip, and which tips are next."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, text
from sqlmodel import col, exists, select

from app.db.session import Session, execute
from app.db.tables.tip_parts import (
    LegalHold,
    RetentionOf,
    RetentionRule,
    TipAttachment,
    TipIdentity,
    TipMessage,
)
from app.db.tables.tips import Tip
from app.domain.tips.keeping.rules import Term, Terms

Test = ColumnElement[bool]
ENTERING = 7_300_022  # advisory lock: rules are entered one at a time
AT_ONCE = 500
CLOSED = col(Tip.closed_on).is_not(None) & col(Tip.expired_on).is_(None)


async def enter_alone(session: Session) -> None:
    """Let nobody else enter rules until this transaction ends."""
    await execute(session, text(f"SELECT pg_advisory_xact_lock({ENTERING})"))


async def last_rule(session: Session, of: RetentionOf) -> RetentionRule | None:
    """The rule of this kind that begins last."""
    begins = col(RetentionRule.valid_from).desc()
    statement = select(RetentionRule).where(RetentionRule.of == of).order_by(begins).limit(1)
    return (await session.exec(statement)).first()


async def terms_on(session: Session, day: date) -> Terms:
    """The terms in force on a day."""
    statement = select(RetentionRule).where(col(RetentionRule.valid_from) <= day)
    rules = (await session.exec(statement.order_by(col(RetentionRule.valid_from)))).all()
    return Terms(**{rule.of.value: Term(rule.months, rule.days) for rule in rules})


async def live_hold(session: Session, tip: UUID) -> LegalHold | None:
    """The hold on a tip, if there is one."""
    statement = select(LegalHold).where(LegalHold.tip_id == tip)
    return (await session.exec(statement.where(col(LegalHold.released_on).is_(None)))).one_or_none()


def _held() -> Test:
    return exists().where(col(LegalHold.tip_id) == Tip.id, col(LegalHold.released_on).is_(None))


def _heard_since(day: Any) -> Test:
    """Whether the informant has said or sent anything on a day or later."""
    return or_(
        exists().where(
            col(TipMessage.tip_id) == Tip.id, col(TipMessage.from_informant),
            col(TipMessage.sent_on) >= day,
        ),
        exists().where(col(TipAttachment.tip_id) == Tip.id, col(TipAttachment.sent_on) >= day),
    )  # fmt: skip


def of_notice(today: date) -> Test:
    """Closed tips that have been given no notice, and whose informant is silent today."""
    return CLOSED & col(Tip.expires_on).is_(None) & ~_heard_since(today)


def of_word_since() -> Test:
    """Tips whose informant has said something since notice was given."""
    return CLOSED & col(Tip.expires_on).is_not(None) & _heard_since(Tip.noticed_on)


def of_identity() -> Test:
    """Closed tips that are not held and of which contact details are still there."""
    there = exists().where(col(TipIdentity.tip_id) == Tip.id)
    return CLOSED & there & ~_held()


def of_expiry(today: date) -> Test:
    """Tips whose day has come, which nothing holds and of which nobody has heard since."""
    come = CLOSED & (col(Tip.expires_on) <= today)
    return come & ~_held() & ~_heard_since(Tip.noticed_on)


async def some(session: Session, test: Test, after: UUID | None) -> Sequence[tuple[UUID, date]]:
    """Some tips that meet a test, with the day they were closed on; those after an id."""
    statement = select(Tip.id, col(Tip.closed_on)).where(test).order_by(col(Tip.id)).limit(AT_ONCE)
    if after:
        statement = statement.where(col(Tip.id) > after)
    return (await session.exec(statement)).all()  # type: ignore[return-value]


async def locked(session: Session, id: UUID, test: Test) -> Tip | None:
    """A tip that still meets a test, kept from everybody else until the transaction ends."""
    held = select(Tip).where(Tip.id == id).with_for_update()
    tip = (await session.exec(held.execution_options(populate_existing=True))).one_or_none()
    if (
        tip is None
        or (await session.exec(select(Tip.id).where(Tip.id == id, test))).first() is None
    ):
        return None
    return tip
