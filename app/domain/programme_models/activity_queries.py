"""The SQL on models that activities of others date."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.programme_models import ProgrammeModel


async def list_locked(session: Session, ids: Iterable[UUID]) -> Sequence[ProgrammeModel]:
    """List standing models by id, locked in one order, against deadlocks."""
    statement = select(ProgrammeModel).where(
        col(ProgrammeModel.id).in_(list(ids)), col(ProgrammeModel.voided_at).is_(None)
    )
    ordered = statement.order_by(col(ProgrammeModel.id)).with_for_update(of=ProgrammeModel)
    return (await session.exec(ordered.execution_options(populate_existing=True))).all()
