"""The SQL of batches: which ids are known, and the rows of many ids, locked."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from sqlmodel import col, select

from app.db.base import Row
from app.db.session import Session, execute
from app.domain.actor import Actor
from app.domain.scope import in_scope

Record = TypeVar("Record", bound=Row)


async def list_known(
    session: Session, actor: Actor, table: Any, ids: Iterable[UUID]
) -> dict[UUID, Any]:
    """Return the version, digest and ownership of records of any unit, by id."""
    own = in_scope(table, actor).label("own")
    statement: Any = select(table.id, table.version, table.entry_digest, own)
    rows = await execute(session, statement.where(table.id.in_(list(ids))))
    return {row.id: row for row in rows}


async def list_locked(
    session: Session, actor: Actor, table: type[Record], ids: Iterable[UUID]
) -> dict[UUID, Record]:
    """Return records of the actor's own by id, locked in one order, against deadlocks."""
    statement = select(table).where(col(table.id).in_(list(ids)), in_scope(table, actor))
    ordered = statement.order_by(col(table.id)).with_for_update(of=table)
    found = await session.exec(ordered.execution_options(populate_existing=True))
    return {row.id: row for row in found}
