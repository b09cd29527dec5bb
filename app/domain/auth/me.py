"""The caller: roles, unit and permissions."""

from uuid import UUID

from pydantic import BaseModel

from app.db.session import Session
from app.domain.actor import Actor, Permission, operation


class Me(BaseModel):
    """The caller: in which roles, for which unit, with which permissions."""

    subject: str
    client: str
    roles: list[str]
    permissions: list[str]
    level: str
    unit_id: UUID


@operation(Permission.ME_READ)
async def about_me(session: Session, actor: Actor) -> Me:
    """Read your own roles, unit and permissions."""
    return Me(
        subject=actor.subject,
        client=actor.client,
        roles=sorted(actor.roles),
        permissions=sorted(actor.permissions),
        level=actor.level.value,
        unit_id=actor.unit_id,
    )
