"""The actor whom a job acts as: written down with the request, restored when the job runs."""

from typing import Any
from uuid import UUID

from app.domain.actor import Actor, Level, Permission, Role


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
