"""Refused reads of sensitive content: who tried to open what is on record as who opened it is."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, TypeVar, cast
from uuid import UUID

from app.db import rows
from app.db.base import now
from app.db.session import Session, open_apart
from app.db.tables.records import Act, AuditEntry
from app.domain.actor import REQUEST, Actor, required_permission
from app.domain.auth.queries import set_actor
from app.domain.errors import DomainError, Forbidden, NotFound

F = TypeVar("F", bound=Callable[..., Awaitable[Any]])
REFUSALS: tuple[type[DomainError], ...] = (Forbidden, NotFound)


def audit_refusals(
    resource: str, refusals: tuple[type[DomainError], ...] = REFUSALS
) -> Callable[[F], F]:
    """Audit refusals of a service function that opens what is sensitive, by the id it names."""

    def mark(function: F) -> F:
        @wraps(function)
        async def run_audited(first: Any, actor: Actor, *args: Any, **named: Any) -> Any:
            try:
                return await function(first, actor, *args, **named)
            except refusals as refused:
                id = _find_id(named.get("id", args[0] if args else None))
                if not refused.audited:
                    async with _apart(first) as session:
                        await _write(session, actor, function, resource, id, refused)
                raise

        run_audited.audited_read = resource  # type: ignore[attr-defined]
        return cast(F, run_audited)

    return mark


def audited_read(function: Any) -> str | None:
    """Return which reads of a service function are audited, refused or not; None if none are."""
    found: str | None = getattr(function, "audited_read", None)
    return found


def _find_id(first: Any) -> UUID | None:
    """Return the id of the record; None where it is named in another way."""
    return first if isinstance(first, UUID) else None


@asynccontextmanager
async def _apart(first: Any) -> AsyncIterator[Session]:
    """Open a transaction that outlives the refusal: beside a session, or in a context of tips."""
    if isinstance(first, Session):
        async with open_apart(first) as session:
            yield session
    else:
        async with first.database.write_transaction() as session:
            yield session


async def _write(
    session: Session, actor: Actor, function: Any, resource: str, id: Any, refused: DomainError
) -> None:
    await set_actor(session, actor)
    entry = AuditEntry(
        recorded_at=now(), act=Act.READ, operation=str(required_permission(function)),
        resource=resource, resource_id=id, detail=f"refused: {refused.code}", subject=actor.subject,
        client=actor.client, session_id=actor.session, roles=sorted(actor.roles),
        actor_unit_id=actor.unit_id, unit_id=actor.unit_id, request_id=REQUEST.get(),
        purpose=actor.purposes[0] if len(actor.purposes) == 1 else None,
    )  # fmt: skip
    await rows.write(session, [entry])
