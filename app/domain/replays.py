"""Replays: a stored answer is for a caller who may still ask for it, in their present scope."""

from typing import Any

from app.db.query.executor import SessionExecutor
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.operations import Operation, Source
from app.domain.query import id_of, require_visible


def require_permission(actor: Actor, operation: Operation) -> None:
    """Refuse who may not act (any more), before it is looked up whether they have acted."""
    if operation.permission is not None:
        actor.require(operation.permission)


async def require_target(
    session: Session, actor: Actor, operation: Operation, given: dict[str, Any]
) -> None:
    """Refuse unless the row that an operation was about is in scope; its answer names none."""
    path = [one.name for one in operation.inputs if one.source is Source.PATH]
    first_part = operation.path.partition("/")[0]
    if path and operation.shape and operation.path.startswith(f"{first_part}/{{{path[0]}}}"):
        id = id_of(operation.shape, given[path[0]])
        await require_visible(SessionExecutor(session), actor, operation.shape, id)
