"""SQL of the worklist."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.db.session import Session, execute


async def list_waiting(session: Session, statement: Any) -> Sequence[Mapping[str, Any]]:
    """List what waits, by the names of its columns."""
    return (await execute(session, statement)).mappings().all()
