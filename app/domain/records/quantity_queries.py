"""The SQL on quantities that hold from a day."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlmodel import col, select

from app.db.session import Session
from app.db.tables.quantities import Quantity


async def list_standing(session: Session, id: UUID, fields: Iterable[str]) -> Sequence[Quantity]:
    """List the values of a record that were not superseded, in the order of their days."""
    statement = select(Quantity).where(
        Quantity.resource_id == id, col(Quantity.field).in_(list(fields)),
        col(Quantity.superseded_at).is_(None),
    )  # fmt: skip
    return (await session.exec(statement.order_by(col(Quantity.valid_from)))).all()
