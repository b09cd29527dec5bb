"""The SQL on references between records: what rests on one, and on which document one rests."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, union_all
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.documents import Document
from app.db.tables.records import Transition
from app.domain.actor import Actor
from app.domain.records.dependants import Find, Resting
from app.domain.scope import in_scope

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


async def find_basis(session: Session, actor: Actor, id: UUID) -> Any:
    """Find a document of the actor's, or of a unit above: state, first day, day of its end.

    It is locked against a void until the transaction ends.
    """
    ends = ("replaced", "repealed")
    ended = select(func.max(Transition.effective_on)).where(
        Transition.resource_id == Document.id, col(Transition.to_state).in_(ends)
    )
    since = func.coalesce(Document.in_force_on, Document.issued_on)
    above = select(func.unit_ancestors(actor.unit_id, "administrative", func.today()))
    statement: Any = select(Document.state, since, ended.scalar_subquery()).where(
        Document.id == id, col(Document.voided_at).is_(None),
        in_scope(Document, actor) | col(Document.unit_id).in_(above),
    )  # fmt: skip
    locked = statement.with_for_update(read=True, key_share=True, of=Document)
    return (await execute(session, locked)).one_or_none()
