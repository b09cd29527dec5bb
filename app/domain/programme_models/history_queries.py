"""The SQL on what was entered of a model: its steps, its hosts, its replicas."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.programme_models import ModelHost, ProgrammeModel
from app.db.tables.records import Transition


async def list_transitions(session: Session, id: UUID) -> Sequence[Transition]:
    """List the steps of a record, the first one first."""
    statement = select(Transition).where(Transition.resource_id == id)
    return (await session.exec(statement.order_by(col(Transition.id)))).all()


async def list_hosts(session: Session, model: UUID) -> Sequence[ModelHost]:
    """List the units in which a model is at work, as they were entered."""
    statement = select(ModelHost).where(ModelHost.model_id == model)
    return (await session.exec(statement.order_by(col(ModelHost.id)))).all()


async def list_replicas(session: Session, model: UUID) -> Sequence[ProgrammeModel]:
    """List the models that were copied from a model, wherever they are at work."""
    stands = col(ProgrammeModel.voided_at).is_(None)
    statement = select(ProgrammeModel).where(ProgrammeModel.replicated_from_id == model, stands)
    return (await session.exec(statement)).all()
