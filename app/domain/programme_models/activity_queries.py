"""The SQL on models that activities of others date."""

from collections.abc import Iterable, Sequence
from functools import cache
from uuid import UUID

from sqlmodel import col, select

from app.db.fixed_query import FixedQuery, ValuedQuery
from app.db.membership import is_named
from app.db.session import Session
from app.db.tables.programme_models import ProgrammeModel


async def list_locked(session: Session, ids: Iterable[UUID]) -> Sequence[ProgrammeModel]:
    """List standing models by id, locked."""
    found: Sequence[ProgrammeModel]
    (found,) = await session.exec_all(select_locked(ids))
    return found


def select_locked(ids: Iterable[UUID]) -> ValuedQuery:
    """Return the query of standing models by id, locked in one order, against deadlocks."""
    return _lock_by_id().having(ids=list(ids))


@cache
def _lock_by_id() -> FixedQuery:
    statement = select(ProgrammeModel).where(
        is_named(ProgrammeModel.id, "ids"), col(ProgrammeModel.voided_at).is_(None)
    )
    ordered = statement.order_by(col(ProgrammeModel.id)).with_for_update(of=ProgrammeModel)
    return FixedQuery(ordered, "ids")
