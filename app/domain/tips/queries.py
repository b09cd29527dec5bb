"""Every SQL statement on the deadlines of a tip."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.deadlines import Deadline
from app.db.tables.tips import Tip
from app.domain.records.names import resource_name


async def find_unmet_deadline(session: Session, tip: UUID, rules: Sequence[str]) -> Deadline | None:
    """Find the newest deadline of a tip, by one of these rules, that is not met, late or not."""
    statement = select(Deadline).where(*_of(tip, rules), col(Deadline.met_at).is_(None))
    newest = statement.order_by(col(Deadline.started_at).desc(), col(Deadline.id).desc()).limit(1)
    return (await session.exec(newest)).first()


async def find_deadline_states(session: Session, tip: UUID, rules: Sequence[str]) -> Sequence[str]:
    """Find the states of all deadlines of a tip by these rules."""
    return (await session.exec(select(Deadline.state).where(*_of(tip, rules)))).all()


async def find_deadline_rules(session: Session, tip: UUID, rules: Sequence[str]) -> Sequence[str]:
    """Find which of these rules the deadlines of a tip had, the newest first."""
    statement = select(Deadline.rule_code).where(*_of(tip, rules))
    return (await session.exec(statement.order_by(col(Deadline.started_at).desc()))).all()


def _of(tip: UUID, rules: Sequence[str]) -> tuple[Any, ...]:
    return (
        Deadline.resource == resource_name(Tip),
        Deadline.resource_id == tip,
        col(Deadline.rule_code).in_(list(rules)),
    )
