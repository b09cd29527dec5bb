"""Tips within an actor's scope, found or locked."""

from uuid import UUID

from app.db.session import Session
from app.db.tables.tips import Tip
from app.domain.actor import Actor
from app.domain.confidential import queries
from app.domain.tips.kind import TIP_KIND

TIPS_BY_PLACE = TIP_KIND.scope


async def lock_tip(session: Session, actor: Actor, id: UUID) -> Tip:
    """Load a tip in the actor's scope and lock it until the transaction ends."""
    return await queries.lock_record(session, TIP_KIND, actor, id)


async def find_tip(session: Session, actor: Actor, id: UUID) -> Tip:
    """Load a tip in the actor's scope."""
    return await queries.find_record(session, TIP_KIND, actor, id)


async def is_assigned(session: Session, actor: Actor, id: UUID) -> bool:
    """Return whether the actor may read the content of a tip."""
    return await queries.is_assigned(session, TIP_KIND, actor, id)
