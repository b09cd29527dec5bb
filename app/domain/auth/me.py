"""The caller's own profile."""

from typing import Any

from app.db.session import Session
from app.domain.actor import Actor, Permission, operation


@operation(Permission.ME_READ)
async def about_me(session: Session, actor: Actor) -> dict[str, Any]:
    """Say who asks, in which roles, for which unit."""
    return {
        "subject": actor.subject,
        "client": actor.client,
        "roles": sorted(actor.roles),
        "permissions": sorted(actor.permissions),
        "level": actor.level.value,
        "unit_id": str(actor.unit_id),
    }
