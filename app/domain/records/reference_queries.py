"""The SQL on references between records: what rests on one, and on which document one rests."""

from collections.abc import Sequence
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, union_all
from sqlmodel import col, select

from app.db.fixed_query import FixedQuery, ValuedQuery
from app.db.membership import is_named
from app.db.session import Session, execute
from app.db.tables.documents import Document
from app.db.tables.records import Transition
from app.domain.actor import Actor, Level
from app.domain.records.dependants import Find, Resting
from app.domain.scope import lies_in_or_above

MAX_DEPENDANTS = 20  # named of each kind


async def list_dependants(
    session: Session, actor: Actor, id: UUID, rests: Sequence[Find]
) -> Resting:
    """List the standing records that rest on one; those out of the actor's scope are counted."""
    if not rests:
        return Resting([], 0)
    parts = [find(actor, id).limit(MAX_DEPENDANTS) for find in rests]
    rows = (await execute(session, union_all(*parts))).all()
    own = [{"resource": row.resource, "id": str(row.id)} for row in rows if row.own]
    return Resting(own, len(rows) - len(own))


async def list_bases(session: Session, actor: Actor, ids: Sequence[UUID]) -> Any:
    """List documents as `select_bases` finds them."""
    if not ids:
        return ()
    (found,) = await session.exec_all(select_bases(actor, ids))
    return found


def select_bases(actor: Actor, ids: Sequence[UUID]) -> ValuedQuery:
    """Return the query of documents of the actor's, or of a unit above.

    Their rows are id, state, first day, and the day of their end.

    They are locked against a void until the transaction ends.
    """
    return _bases(actor.level).having(ids=list(ids), unit=actor.unit_id)


@cache
def _bases(level: Level) -> FixedQuery:
    ends = ("replaced", "repealed")
    ended = select(func.max(Transition.effective_on)).where(
        Transition.resource_id == Document.id, col(Transition.to_state).in_(ends)
    )
    since = func.coalesce(Document.in_force_on, Document.issued_on)
    statement: Any = select(Document.id, Document.state, since, ended.scalar_subquery()).where(
        is_named(Document.id, "ids"), col(Document.voided_at).is_(None),
        lies_in_or_above(Document, level),
    )  # fmt: skip
    ordered = statement.order_by(Document.id)
    locked = ordered.with_for_update(read=True, key_share=True, of=Document)
    return FixedQuery(locked, "ids", "unit")
