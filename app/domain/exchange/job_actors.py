"""The actor whom a job acts as: written down with the request, restored when the job runs."""

from typing import Any
from uuid import UUID

from app.db.session import Session
from app.domain.actor import Actor, Level, Permission, Role
from app.domain.auth.queries import set_actor
from app.domain.auth.sessions import enter_session


def describe_actor(actor: Actor) -> dict[str, Any]:
    """Describe an actor, for the job that acts as them."""
    return {
        "subject": actor.subject, "roles": sorted(actor.roles), "level": actor.level.value,
        "unit_id": str(actor.unit_id), "client": actor.client, "purposes": list(actor.purposes),
        "session": actor.session and str(actor.session), "session_version": actor.session_version,
        "scope": None if actor.scope is None else sorted(actor.scope),
    }  # fmt: skip


def restore_actor(acting: dict[str, Any]) -> Actor:
    """Return the actor as described; whether their session holds is checked again."""
    scope = acting["scope"]
    return Actor(
        acting["subject"], frozenset(map(Role, acting["roles"])), Level(acting["level"]),
        UUID(acting["unit_id"]), acting["client"], tuple(acting["purposes"]),
        acting["session"] and UUID(acting["session"]), acting["session_version"],
        None if scope is None else frozenset(map(Permission, scope)),
    )  # fmt: skip


async def enter(session: Session, actor: Actor) -> None:
    """Enter a transaction as an actor; this machine itself has no session that could end."""
    if actor.session is None:
        await set_actor(session, actor)
    else:
        await enter_session(session, actor)
